package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * {@link WinogradProduct} of tensors in channel blocks. A register holds channels of one pixel, so both transforms are sums of whole registers, whichever
 * way they go; the 36 products are those of {@link BlockProduct} with patches in place of pixels.
 *
 * <p>Floor: 36/144 of the direct sum's multiply-adds at the peak.
 */
final class WinogradBlockProduct extends BlockedProduct {
    private static final int PATCH = WinogradSimd.PATCH;
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;
    private static final int POSITIONS = WinogradSimd.POSITIONS;
    /** Floats of the transformed patches of a tile, which it reads again and again, so that they stay in the second-level cache. */
    private static final int MOST_PATCHES = 3 << 16;
    /** So much longer may the weight be, which each tile reads once: beyond that it pays to have fewer tiles, with more patches. */
    private static final int LONG_WEIGHT = 3;

    private final BlockSimd simd;
    private final PatchSimd transforms;
    private final BlockImage image;
    private final int[] terms;
    private final int depth;
    /** Patches of a tile, with those that round them up. */
    private final int patches;

    private final int patchStride;
    private final int sumStride;
    private final int rowsAt;
    private final int patchesAt;
    private final int sumsAt;
    private final int halvesAt;
    private final int outputsAt;
    private final int spareAt;
    private final int zerosAt;
    private final int biasesAt;

    /** Of a 3×3 kernel with step 1. */
    WinogradBlockProduct(BlockLayer layer) {
        super(
                layer,
                cut(layer),
                new WinogradBlockWeight(
                        layer.cpu(), layer.to().channels(), layer.from().channels(), layer.weight()));
        simd = layer.simd();
        transforms = simd.patches();
        image = layer.image(OUTPUTS * cut.width(), OUTPUTS * cut.rows(), 1);
        patches = simd.padded(cut.pixels());
        terms = new int[layer.from().channels()];
        for (int channel = 0; channel < terms.length; channel++) {
            terms[channel] = channel / SIZE * patches * SIZE + channel % SIZE;
        }
        depth = depth(terms.length);
        patchStride = Winograd.positionStride((long) layer.channels() * patches);
        sumStride = Winograd.positionStride((long) BlockSimd.COLUMNS * patches);
        rowsAt = image.sampleFloats();
        patchesAt = rowsAt + PATCH * image.rowFloats();
        sumsAt = patchesAt + POSITIONS * patchStride;
        halvesAt = sumsAt + slots() * POSITIONS * sumStride;
        outputsAt = halvesAt + OUTPUTS * PATCH * patches * SIZE;
        spareAt = outputsAt + OUTPUTS * OUTPUTS * cut.pixels() * SIZE;
        zerosAt = spareAt + layer.to().width();
        biasesAt = zerosAt + BlockSimd.COLUMNS;
        reserve(biasesAt + SIZE, WinogradBlockWeight.workFloats(layer.cpu()));
    }

    private static BlockCut cut(BlockLayer layer) {
        int columns = patches(layer.to().width());
        long weight = (long) POSITIONS * layer.from().channels() * layer.to().channels();
        return BlockCut.of(
                patches(layer.to().height()),
                columns,
                rows -> (long) POSITIONS * layer.channels() * rows * columns,
                Math.max(MOST_PATCHES, weight / LONG_WEIGHT),
                layer.to().channels(),
                layer.capacity());
    }

    private static int patches(int outputs) {
        return (outputs + OUTPUTS - 1) / OUTPUTS;
    }

    @Override
    public String algorithm() {
        return KernelPart.WINOGRAD;
    }

    @Override
    int height() {
        return patches(layer.to().height());
    }

    @Override
    void sum(
            float[] work,
            float[] form,
            int formAt,
            int slot,
            int pair,
            int first,
            int end,
            int firstSample,
            int samples,
            int firstRow,
            int rows) {
        Arrays.fill(work, zerosAt, zerosAt + BlockSimd.COLUMNS, 0f);
        int count = simd.padded(samples * rows * cut.width());
        int block = patches * SIZE;
        int formStride = WinogradBlockWeight.positionFloats(end - first);
        for (int position = 0; position < POSITIONS; position++) {
            int at = patchesAt + position * patchStride;
            int sum = sumsAt(slot) + position * sumStride;
            int from = formAt + position * formStride;
            for (int term = first; term < end; term += depth) {
                int length = Math.min(depth, end - term);
                int weight = from + (term - first) * BlockSimd.COLUMNS;
                boolean begins = term == 0;
                int begin = begins ? zerosAt : sum;
                simd.multiply(
                        1, count, work, at, 0, terms, term, length, form, weight, work, sum, block, begin, begins);
            }
        }
    }

    @Override
    void store(float[] work, int slot, int pair, int firstSample, int samples, int firstRow, int rows) {
        for (int i = 0; i < 2; i++) {
            if ((2 * pair + i) * SIZE < layer.to().channels()) {
                finish(work, 2 * pair + i, sumsAt(slot) + i * patches * SIZE, firstSample, samples, firstRow, rows);
            }
        }
    }

    private int sumsAt(int slot) {
        return sumsAt + slot * POSITIONS * sumStride;
    }

    /** Transforms the patches, a block after the other. */
    @Override
    void prepare(float[] work, int firstSample, int samples, int firstRow, int rows) {
        int width = OUTPUTS * cut.width() + PATCH - OUTPUTS;
        for (int block = 0; block < image.blocks(); block++) {
            int blockAt = patchesAt + block * patches * SIZE;
            for (int sample = 0; sample < samples; sample++) {
                image.fillBlock(firstSample + sample, block, OUTPUTS * firstRow, OUTPUTS * rows, work, 0);
                for (int row = 0; row < rows; row++) {
                    int from = OUTPUTS * row * image.rowFloats();
                    transforms.patchRows(width, work, from, image.rowFloats(), work, rowsAt, image.rowFloats());
                    int at = blockAt + (sample * rows + row) * cut.width() * SIZE;
                    for (int i = 0; i < PATCH; i++) {
                        int to = at + i * PATCH * patchStride;
                        transforms.patchColumns(
                                cut.width(), work, rowsAt + i * image.rowFloats(), work, to, patchStride);
                    }
                }
            }
        }
    }

    /** Transforms the sums of a block to outputs and stores them. */
    private void finish(float[] work, int block, int from, int firstSample, int samples, int firstRow, int rows) {
        bias(block * SIZE, SIZE, work, biasesAt);
        int count = samples * rows * cut.width();
        int half = patches * SIZE;
        for (int column = 0; column < PATCH; column++) {
            int at = from + column * sumStride;
            transforms.outputRows(count, work, at, PATCH * sumStride, work, halvesAt + column * half, PATCH * half);
        }
        int width = OUTPUTS * cut.width();
        for (int i = 0; i < samples * rows; i++) {
            for (int row = 0; row < OUTPUTS; row++) {
                int at = halvesAt + row * PATCH * half + i * cut.width() * SIZE;
                int target = outputsAt + (i * OUTPUTS + row) * width * SIZE;
                transforms.outputColumns(cut.width(), work, at, half, biasesAt, work, target);
            }
        }
        int first = OUTPUTS * firstRow;
        int last = Math.min(OUTPUTS * rows, layer.to().height() - first);
        for (int sample = 0; sample < samples; sample++) {
            int at = outputsAt + sample * rows * OUTPUTS * width * SIZE;
            store().store(work, at, width, firstSample + sample, block, first, last, spareAt);
        }
    }
}
