package dev.fovea.runtime.cpu.blocks;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;

/**
 * Where a tensor lies, all its samples.
 *
 * @param samples the most there are
 */
public record Place(Shape shape, Region region, int samples) {
    long size() {
        return shape.size();
    }

    private long end() {
        return region.at(samples - 1) + size();
    }

    /** Whether they may have an element in common. Where their samples are not equally far apart, ranges that meet are enough. */
    public boolean overlaps(Place other) {
        boolean meet = region.memory().equals(other.region.memory())
                && region.offset() < other.end()
                && other.region.offset() < end();
        long stride = region.stride();
        if (!meet || stride == 0 || stride != other.region.stride()) {
            return meet;
        }
        // Where the other's samples begin, seen from the sample before: within that, or running into the next?
        long between = Math.floorMod(other.region.offset() - region.offset(), stride);
        return between < size() || between + other.size() > stride;
    }

    /** Whether it is whole blocks of another's channels: the same elements in either order, in each the same way. */
    boolean isBlocksOf(Place whole) {
        long before = region.offset() - whole.region.offset();
        return shape.rank() == 3
                && whole.shape.rank() == 3
                && shape.height() == whole.shape.height()
                && shape.width() == whole.shape.width()
                && shape.channels() % BlockSimd.SIZE == 0
                && whole.shape.channels() % BlockSimd.SIZE == 0
                && region.memory().equals(whole.region.memory())
                && region.stride() == whole.region.stride()
                && before >= 0
                && before % ((long) BlockSimd.SIZE * shape.area()) == 0
                && before + size() <= whole.size();
    }
}
