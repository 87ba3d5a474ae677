package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Optional;

/**
 * Convolution of tensors in channel blocks: registers hold sums of pixels side by side, and each number of the image is multiplied with as many kernels
 * as two registers have. Nothing is brought into panels: a 1×1 convolution reads the image itself, any other a padded copy of the rows of its tile.
 * Input or output may also lie in planes; then they are turned around on the way.
 *
 * <p>Floor: the multiply-adds at the peak. 14 pixels by 32 kernels take 28 of them and 16 loads a term.
 */
final class BlockProduct extends BlockedProduct {
    /** Floats of the image that a tile reads again and again, so that they stay in the second-level cache. */
    private static final int MOST_IMAGE = 3 << 16;

    private final BlockSimd simd;
    /** None where the image itself is read. */
    private final Optional<BlockImage> image;

    private final int[] terms;
    private final int depth;
    private final int sumsAt;
    private final int spareAt;
    private final int biasesAt;

    BlockProduct(BlockLayer layer) {
        super(
                layer,
                cut(layer),
                new BlockWeight(layer.cpu(), layer.to().channels(), layer.from().channels(), layer.weight()));
        simd = layer.simd();
        image = isInPlace(layer) ? Optional.empty() : Optional.of(layer.image(cut.width(), cut.rows(), cut.samples()));
        terms = image.map(BlockImage::terms).orElseGet(this::termsInPlace);
        depth = depth(terms.length);
        sumsAt = Math.toIntExact(image.map(BlockImage::floats).orElse(0L));
        spareAt = sumsAt + 2 * cut.pixels() * SIZE;
        biasesAt = spareAt + layer.to().width();
        reserve(biasesAt + BlockSimd.COLUMNS, 0);
    }

    private static boolean isInPlace(BlockLayer layer) {
        return layer.gather().isIdentity() && layer.inputInBlocks();
    }

    private static BlockCut cut(BlockLayer layer) {
        int outputs = layer.to().width();
        int width = isInPlace(layer) ? outputs : layer.simd().padded(outputs);
        return BlockCut.of(
                layer.to().height(),
                width,
                rows -> BlockImage.floats(layer.gather(), width, layer.channels(), rows),
                MOST_IMAGE,
                layer.to().channels(),
                layer.capacity());
    }

    private int[] termsInPlace() {
        int[] places = new int[layer.from().channels()];
        for (int channel = 0; channel < places.length; channel++) {
            places[channel] = channel / SIZE * SIZE * layer.from().area() + channel % SIZE;
        }
        return places;
    }

    @Override
    public String algorithm() {
        return "blocks";
    }

    @Override
    int height() {
        return layer.to().height();
    }

    @Override
    void prepare(float[] work, int firstSample, int samples, int firstRow, int rows) {
        if (image.isPresent()) {
            image.get().fill(firstSample, samples, firstRow, rows, work, 0);
        }
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
        bias(pair * BlockSimd.COLUMNS, BlockSimd.COLUMNS, work, biasesAt);
        for (int term = 0; term < terms.length; term += depth) {
            int count = Math.min(depth, terms.length - term);
            int from = formAt + term * BlockSimd.COLUMNS;
            add(work, form, from, term, count, firstSample, samples, firstRow, rows);
        }
    }

    @Override
    void store(float[] work, int slot, int pair, int firstSample, int samples, int firstRow, int rows) {
        for (int i = 0; i < 2; i++) {
            int block = 2 * pair + i;
            for (int sample = 0; sample < samples && block * SIZE < layer.to().channels(); sample++) {
                int sums = sumsAt + (i * cut.pixels() + sample * rows * cut.width()) * SIZE;
                store().store(work, sums, cut.width(), firstSample + sample, block, firstRow, rows, spareAt);
            }
        }
    }

    private void add(
            float[] work,
            float[] form,
            int from,
            int term,
            int count,
            int firstSample,
            int samples,
            int firstRow,
            int rows) {
        for (int sample = 0; sample < samples; sample++) {
            int sums = sumsAt + sample * rows * cut.width() * SIZE;
            if (image.isEmpty()) {
                int width = layer.to().width();
                int pixel = (int) layer.input().at(firstSample + sample) + firstRow * width * SIZE;
                add(1, rows * width, CpuMemory.values(layer.input()), pixel, 0, term, count, form, from, work, sums);
            } else {
                int pixel = sample * image.get().sampleFloats();
                add(rows, cut.width(), work, pixel, image.get().rowFloats(), term, count, form, from, work, sums);
            }
        }
    }

    private void add(
            int rows,
            int pixels,
            float[] x,
            int at,
            int row,
            int term,
            int count,
            float[] form,
            int from,
            float[] work,
            int sums) {
        boolean first = term == 0;
        int begin = first ? biasesAt : sums;
        int block = cut.pixels() * SIZE;
        simd.multiply(rows, pixels, x, at, row, terms, term, count, form, from, work, sums, block, begin, first);
    }
}
