package dev.fovea.opencl;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;

/**
 * A region whose place in memory of this device has been checked: kernels address it without looking.
 *
 * @param buffer the block
 * @param offset of sample 0, in floats
 * @param stride from one sample to the next, in floats
 * @param size the floats of one sample
 */
record DeviceRegion(ClBuffer buffer, long offset, long stride, long size) {
    /**
     * Checks a region.
     *
     * @param samples how many samples it must hold
     * @throws IllegalArgumentException when it is on another device or reaches beyond its memory
     */
    static DeviceRegion of(ClQueue queue, Region region, Shape shape, int samples) {
        return of(queue, region, shape.size(), samples);
    }

    /** Checks a region whose samples have {@code size} floats, see above. */
    static DeviceRegion of(ClQueue queue, Region region, long size, int samples) {
        ClBuffer buffer = buffer(queue, region.memory());
        long stride = region.stride();
        if (stride != 0 && stride < size) {
            throw new IllegalArgumentException("samples of " + size + " floats every " + stride + " floats overlap");
        }
        long extent = Math.addExact(Math.multiplyExact(stride, samples - 1L), size);
        buffer.checkRange("use", region.offset(), extent);
        return new DeviceRegion(buffer, region.offset(), stride, size);
    }

    /** The buffer behind a memory of this device. */
    static ClBuffer buffer(ClQueue queue, Memory memory) {
        if (memory instanceof ClBuffer buffer && buffer.queue() == queue) {
            return buffer;
        }
        throw new IllegalArgumentException(
                "memory of another device: " + memory.getClass().getSimpleName());
    }

    /** Whether the samples lie one behind the other. */
    boolean isDense() {
        return stride == size;
    }

    /** Whether both are the same floats. */
    boolean isSameAs(DeviceRegion other) {
        return buffer == other.buffer && offset == other.offset && stride == other.stride && size == other.size;
    }
}
