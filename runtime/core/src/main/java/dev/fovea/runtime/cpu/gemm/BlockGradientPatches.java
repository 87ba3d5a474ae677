package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * Transforms the 4×4 patches of an output's gradient in channel blocks, as {@link BlockPatches}. Patches that stick out at the bottom, and planes, are read from a
 * copy.
 */
final class BlockGradientPatches {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH = WinogradSimd.PATCH;
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private final PatchSimd transforms;
    private final Region region;
    private final Shape shape;
    private final BlockImage image;
    private final boolean inBlocks;
    private final int columns;
    private final int rowFloats;

    /** As {@link BlockPatches}. */
    BlockGradientPatches(BlockSimd simd, Region region, Shape shape, boolean inBlocks, int columns, int most) {
        this.transforms = simd.patches();
        this.region = region;
        this.shape = shape;
        this.inBlocks = inBlocks;
        this.columns = columns;
        Gather itself = BlockWeightGradient.itself(shape);
        image = new BlockImage(simd, itself, region, shape, !inBlocks, OUTPUTS * columns, OUTPUTS * most, 1);
        rowFloats = image.rowFloats();
    }

    /** Blocks of channels. */
    int blocks() {
        return image.blocks();
    }

    /** Floats of the copy and of a row of patches half done. */
    int floats() {
        return image.sampleFloats() + PATCH * rowFloats;
    }

    /** Transforms some rows of patches of a block, as {@link BlockPatches#bring}. */
    void bring(int sample, int block, int firstRow, int count, float[] work, int to, int stride) {
        if (!inBlocks) {
            image.fillBlock(sample, block, OUTPUTS * firstRow, OUTPUTS * count, work, 0);
        }
        int width = OUTPUTS * columns;
        int half = image.sampleFloats();
        for (int i = 0; i < count; i++) {
            int row = OUTPUTS * (firstRow + i);
            if (inBlocks && row + OUTPUTS <= shape.height()) {
                int from = (int) region.at(sample) + (block * shape.height() + row) * shape.width() * SIZE;
                float[] source = CpuMemory.values(region);
                int length = shape.width() * SIZE;
                transforms.gradientRows(shape.width(), width, source, from, length, work, half, rowFloats);
            } else {
                if (inBlocks) {
                    image.fillBlock(sample, block, row, OUTPUTS, work, 0);
                }
                int from = inBlocks ? 0 : OUTPUTS * i * rowFloats;
                transforms.gradientRows(width, width, work, from, rowFloats, work, half, rowFloats);
            }
            transforms.gradientColumns(columns, work, half, rowFloats, work, to + i * columns * SIZE, stride);
        }
    }
}
