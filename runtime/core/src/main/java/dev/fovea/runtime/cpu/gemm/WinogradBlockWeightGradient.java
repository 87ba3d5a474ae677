package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * {@link WinogradWeightGradient} where input or output lies in channel blocks: {@code S[c, m] = Σ_t V[c, t]·E[t, m]} for each of the 36 positions is the sum of
 * {@link BlockWeightGradient} with patches t in place of pixels, and both transforms are sums of whole registers.
 *
 * <p>Floor: 36/144 of the direct sum's multiply-adds at the peak.
 */
final class WinogradBlockWeightGradient extends BlockWeightSums {
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;
    private static final int POSITIONS = WinogradSimd.POSITIONS;
    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;
    /** Patches of a place: so many are summed in registers. */
    private static final int PATCHES = 128;
    /** The fewest patches of a part: clearing and adding its sums costs as much as some of them. */
    private static final int PART_PATCHES = 200;
    /** The most floats to spend on parts. */
    private static final long PART_FLOATS = 1 << 23;
    /** What it costs to transform a patch of a block, of planes where it has to be turned around. */
    private static final int BRING = 1;

    private static final int TURN = 8;

    private final BlockSimd simd;
    private final BlockPatches image;
    private final BlockGradientPatches gradients;
    private final int columns;
    private final int channels;
    /** Patches of a place. */
    private final int patches;

    private final int[] places;
    private final int[] order;
    private final int imageStride;
    private final int gradientStride;
    private final int sumStride;
    private final int patchesAt;
    private final int gradientsAt;

    /** Of a 3×3 kernel with step 1. */
    WinogradBlockWeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            boolean inputInBlocks,
            Region outputGradient,
            Shape outputShape,
            boolean outputInBlocks,
            int capacity) {
        super(
                cpu,
                cut(inputShape, inputInBlocks, outputShape, outputInBlocks, capacity),
                outputShape.channels(),
                inputShape.channels() * AREA);
        simd = cpu.simd().blocks().orElseThrow();
        channels = inputShape.channels();
        columns = patches(outputShape.width());
        patches = cut.samples() * cut.rows() * columns;
        image = new BlockPatches(simd, gather, input, inputShape, inputInBlocks, columns, cut.rows());
        gradients = new BlockGradientPatches(simd, outputGradient, outputShape, outputInBlocks, columns, cut.rows());
        order = RowGroups.offsets(channels * AREA, 1);
        places = RowGroups.offsets(patches, SIZE);
        imageStride = Winograd.positionStride((long) cut.mostBlocks() * patches * SIZE);
        gradientStride = Winograd.positionStride(2L * patches * SIZE);
        sumStride = Winograd.positionStride((long) cut.mostBlocks() * SIZE * COLUMNS);
        patchesAt = Math.max(image.floats(), gradients.floats());
        gradientsAt = patchesAt + POSITIONS * imageStride;
        int end = gradientsAt + POSITIONS * gradientStride;
        reserve(Math.max(end, SIZE * AREA * COLUMNS), (long) POSITIONS * sumStride, cut.mostBlocks());
    }

    private static GradientCut cut(
            Shape input, boolean inputInBlocks, Shape output, boolean outputInBlocks, int capacity) {
        int height = patches(output.height());
        int width = patches(output.width());
        int blocks = (input.channels() + SIZE - 1) / SIZE;
        int pairs = (output.channels() + COLUMNS - 1) / COLUMNS;
        long floats = (long) POSITIONS * blocks * SIZE * pairs * COLUMNS;
        long parts = Math.min((long) capacity * height * width / PART_PATCHES, PART_FLOATS / floats);
        double block = inputInBlocks ? BRING : TURN;
        double pair = 2 * (outputInBlocks ? BRING : TURN);
        return GradientCut.of(height, width, PATCHES, blocks, pairs, capacity).cut(parts, capacity, block, pair);
    }

    private static int patches(int outputs) {
        return (outputs + OUTPUTS - 1) / OUTPUTS;
    }

    @Override
    public String algorithm() {
        return KernelPart.WINOGRAD;
    }

    @Override
    void add(
            float[] work,
            float[] totals,
            int totalsAt,
            int share,
            int firstSample,
            int samples,
            int firstRow,
            int rows) {
        int firstBlock = cut.firstBlock(share);
        int blocks = cut.endBlock(share) - firstBlock;
        for (int i = 0; i < blocks; i++) {
            for (int sample = 0; sample < samples; sample++) {
                int to = patchesAt + (i * patches + sample * rows * columns) * SIZE;
                image.bring(firstSample + sample, firstBlock + i, firstRow, rows, work, to, imageStride);
            }
        }
        int count = samples * rows * columns;
        for (int pair = cut.firstPair(share); pair < cut.endPair(share); pair++) {
            boolean single = 2 * pair + 1 == gradients.blocks();
            for (int i = 0; i < (single ? 1 : 2); i++) {
                for (int sample = 0; sample < samples; sample++) {
                    int to = gradientsAt + (i * patches + sample * rows * columns) * SIZE;
                    gradients.bring(firstSample + sample, 2 * pair + i, firstRow, rows, work, to, gradientStride);
                }
            }
            int to = totalsAt + (pair - cut.firstPair(share)) * pairFloats();
            multiply(work, blocks, count, single ? 0 : patches * SIZE, totals, to);
        }
    }

    private void multiply(float[] work, int blocks, int count, int dyBlock, float[] totals, int totalsAt) {
        int half = SIZE / 2;
        for (int position = 0; position < POSITIONS; position++) {
            int x = patchesAt + position * imageStride;
            int dy = gradientsAt + position * gradientStride;
            int to = totalsAt + position * sumStride;
            for (int i = 0; i < 2 * blocks; i++) {
                int from = x + i / 2 * patches * SIZE + i % 2 * half;
                int at = to + i * half * COLUMNS;
                simd.addGradient(half, places, 0, count, work, from, work, dy, dyBlock, totals, at);
            }
        }
    }

    /** A piece is a block of the input. */
    @Override
    void store(float[] work, float[] totals, int totalsAt, int share, int pair, int piece, int partCount) {
        int block = cut.firstBlock(share) + piece;
        if (block >= cut.endBlock(share)) {
            return;
        }
        int from = totalsAt + piece * SIZE * COLUMNS;
        for (int part = 1; part < partCount; part++) {
            for (int position = 0; position < POSITIONS; position++) {
                int at = from + position * sumStride;
                cpu.simd().add(totals, at + part * partFloats(), totals, at, SIZE * COLUMNS);
            }
        }
        int count = Math.min(SIZE, channels - block * SIZE);
        for (int channel = 0; channel < count; channel++) {
            int to = channel * AREA * COLUMNS;
            cpu.simd().winograd().kernelGradients(totals, from + channel * COLUMNS, sumStride, COLUMNS, work, to);
        }
        int first = block * SIZE * AREA;
        turn(work, -first * COLUMNS, order, pair, first, first + count * AREA);
    }
}
