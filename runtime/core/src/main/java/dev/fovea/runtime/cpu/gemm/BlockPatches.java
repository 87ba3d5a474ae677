package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * Transforms the patches of an image in channel blocks, a block at a time: {@code [36, patches, 16]}. Rows of patches that lie within the image are read where they are, others, and
 * images in planes, from a copy.
 */
final class BlockPatches {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH = WinogradSimd.PATCH;
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private final PatchSimd transforms;
    private final Region region;
    private final Shape shape;
    private final BlockImage image;
    private final GatherAxis rows;
    private final int columns;
    private final boolean reads;
    private final int firstPixel;
    private final int endPixel;
    private final int firstColumn;
    private final int rowFloats;

    /**
     * Of a tensor of this shape.
     *
     * @param gather what the outputs read
     * @param columns patches of a row
     * @param most rows of patches that are brought at a time
     */
    BlockPatches(BlockSimd simd, Gather gather, Region region, Shape shape, boolean inBlocks, int columns, int most) {
        this.transforms = simd.patches();
        this.region = region;
        this.shape = shape;
        this.columns = columns;
        image = new BlockImage(simd, gather, region, shape, !inBlocks, OUTPUTS * columns, OUTPUTS * most, 1);
        rows = gather.rows();
        GatherAxis axis = gather.columns();
        reads = inBlocks && axis.isPaddedWithZeros() && axis.innerFirst(0) < axis.innerEnd(0);
        firstPixel = axis.innerFirst(0);
        endPixel = axis.innerEnd(0);
        firstColumn = reads ? axis.sources(0)[firstPixel] : 0;
        rowFloats = image.rowFloats();
    }

    /** Floats of the copy and of a row of patches half done. */
    int floats() {
        return image.sampleFloats() + PATCH * rowFloats;
    }

    /**
     * Transforms some rows of patches of a block.
     *
     * @param work has {@link #floats} at its beginning
     * @param to where the first patch goes
     * @param stride from one position to the next
     */
    void bring(int sample, int block, int firstRow, int count, float[] work, int to, int stride) {
        if (!reads) {
            image.fillBlock(sample, block, OUTPUTS * firstRow, OUTPUTS * count, work, 0);
        }
        int half = image.sampleFloats();
        for (int i = 0; i < count; i++) {
            int row = OUTPUTS * (firstRow + i);
            if (isWithin(row)) {
                readRow(sample, block, row, work, half);
            } else {
                if (reads) {
                    image.fillBlock(sample, block, row, OUTPUTS, work, 0);
                }
                int from = reads ? 0 : OUTPUTS * i * rowFloats;
                int pixels = OUTPUTS * columns + PATCH - OUTPUTS;
                transforms.patchRows(pixels, work, from, rowFloats, work, half, rowFloats);
            }
            int at = to + i * columns * SIZE;
            for (int j = 0; j < PATCH; j++) {
                transforms.patchColumns(columns, work, half + j * rowFloats, work, at + j * PATCH * stride, stride);
            }
        }
    }

    private boolean isWithin(int row) {
        int[] sources = rows.sources(0);
        return reads
                && row + PATCH <= sources.length
                && sources[row] >= 0
                && sources[row + PATCH - 1] == sources[row] + PATCH - 1;
    }

    private void readRow(int sample, int block, int row, float[] work, int half) {
        int line = block * shape.height() + rows.sources(0)[row];
        int from = (int) region.at(sample) + (line * shape.width() + firstColumn) * SIZE;
        int length = shape.width() * SIZE;
        for (int i = 0; i < PATCH; i++) {
            int at = half + i * rowFloats;
            Arrays.fill(work, at, at + firstPixel * SIZE, 0f);
            Arrays.fill(work, at + endPixel * SIZE, at + rowFloats, 0f);
        }
        float[] source = CpuMemory.values(region);
        transforms.patchRows(endPixel - firstPixel, source, from, length, work, half + firstPixel * SIZE, rowFloats);
    }
}
