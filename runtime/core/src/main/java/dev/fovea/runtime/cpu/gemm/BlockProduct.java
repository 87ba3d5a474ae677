package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.cpu.Workers;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of tensors in channel blocks: registers hold sums of pixels side by side, and each number of the image is multiplied with as many kernels
 * as two registers have. Nothing is brought into panels: a 1×1 convolution reads the image itself, any other a padded copy of the rows of its tile.
 * Input or output may also lie in planes; then they are turned around on the way.
 *
 * <p>Floor: the multiply-adds at the peak. 14 pixels by 32 kernels take 28 of them and 16 loads a term.
 */
final class BlockProduct implements Product {
    private static final int SIZE = BlockSimd.SIZE;
    /** Terms of the sum multiplied at a time: the weight of so many stays in the first-level cache from one row of pixels to the next. */
    private static final int TERMS = 192;
    /** Floats of the image that a tile reads again and again, so that they stay in the second-level cache. */
    private static final int MOST_IMAGE = 3 << 16;

    private final BlockSimd simd;
    private final Workers workers;
    private final Scratch scratch;
    private final Region input;
    private final Shape from;
    private final Shape to;
    private final Finish finish;
    private final BlockStore store;
    private final BlockCut cut;
    private final BlockWeight weights;
    /** None where the image itself is read. */
    private final Optional<BlockImage> image;

    private final int[] terms;
    private final int depth;
    private final int sumsAt;
    private final int spareAt;
    private final int biasesAt;
    /** What each worker has prepared in this run, so that it does not do it again for other channels. */
    private final int[] prepared;

    private final Tiles tiles = this::tile;
    private float[] weight = {};
    private int weightAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int batch;
    private int parts;

    /**
     * A product to be run.
     *
     * @param inputInBlocks how the input lies
     * @param outputInBlocks how the output, and what is added to it, lies
     * @param capacity the largest batch
     */
    BlockProduct(
            Cpu cpu,
            BlockSimd simd,
            Gather gather,
            Region input,
            Shape from,
            boolean inputInBlocks,
            Region output,
            Shape to,
            boolean outputInBlocks,
            Finish finish,
            int capacity) {
        this.simd = simd;
        this.workers = cpu.workers();
        this.input = input;
        this.from = from;
        this.to = to;
        this.finish = finish;
        this.store = new BlockStore(cpu.simd(), output, to, !outputInBlocks, finish);
        boolean whole = gather.isIdentity() && inputInBlocks;
        int width = whole ? to.width() : simd.padded(to.width());
        int channels = (from.channels() + SIZE - 1) / SIZE * SIZE;
        this.cut = BlockCut.of(
                to.height(),
                width,
                rows -> BlockImage.floats(gather, width, channels, rows),
                MOST_IMAGE,
                to.channels(),
                capacity);
        this.weights = new BlockWeight(to.channels(), from.channels(), gather.taps());
        this.image = whole
                ? Optional.empty()
                : Optional.of(
                        new BlockImage(simd, gather, input, from, !inputInBlocks, width, cut.rows(), cut.samples()));
        this.terms = image.map(BlockImage::terms).orElseGet(this::termsInPlace);
        // Pieces of about the same length.
        int pieces = (terms.length + TERMS - 1) / TERMS;
        this.depth = (terms.length + pieces - 1) / pieces;
        this.prepared = new int[workers.threads()];
        long imageFloats = image.map(BlockImage::floats).orElse(0L);
        this.sumsAt = Math.toIntExact(imageFloats);
        this.spareAt = sumsAt + 2 * cut.pixels() * SIZE;
        this.biasesAt = spareAt + to.width();
        this.scratch = cpu.scratch(biasesAt + BlockSimd.COLUMNS);
    }

    private int[] termsInPlace() {
        int[] places = new int[from.channels()];
        for (int channel = 0; channel < places.length; channel++) {
            places[channel] = channel / SIZE * SIZE * from.area() + channel % SIZE;
        }
        return places;
    }

    @Override
    public String algorithm() {
        return "blocks";
    }

    @Override
    public Finish finish() {
        return finish;
    }

    @Override
    public long formFloats() {
        return weights.floats();
    }

    @Override
    public Object formKey() {
        return weights;
    }

    @Override
    public void form(float[] source, int sourceAt, float[] form, int formAt) {
        weights.fill(source, sourceAt, form, formAt);
    }

    @Override
    public void run(int samples, float[] source, int sourceAt, float @Nullable [] biases, int biasesAt) {
        throw new IllegalStateException("the weight is taken in its form");
    }

    @Override
    public void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesAt) {
        weight = form;
        weightAt = formAt;
        bias = biases;
        biasAt = biasesAt;
        batch = samples;
        parts = cut.parts(samples);
        Arrays.fill(prepared, -1);
        workers.run(cut.places(samples) * parts, tiles);
    }

    private void tile(int tile, int worker) {
        float[] work = scratch.of(worker);
        int place = tile / parts;
        int part = tile % parts;
        int firstSample = place / cut.strips() * cut.samples();
        int samples = Math.min(cut.samples(), batch - firstSample);
        int firstRow = place % cut.strips() * cut.rows();
        int rows = Math.min(cut.rows(), to.height() - firstRow);
        if (image.isPresent() && prepared[worker] != place) {
            image.get().fill(firstSample, samples, firstRow, rows, work, 0);
            prepared[worker] = place;
        }
        int end = cut.pairs() * (part + 1) / parts;
        for (int pair = cut.pairs() * part / parts; pair < end; pair++) {
            begin(work, pair);
            for (int term = 0; term < terms.length; term += depth) {
                int count = Math.min(depth, terms.length - term);
                multiply(work, pair, term, count, firstSample, samples, firstRow, rows);
            }
            store(work, pair, firstSample, samples, firstRow, rows);
        }
    }

    /** The sums of all pixels begin with the bias. */
    private void begin(float[] work, int pair) {
        for (int channel = 0; channel < BlockSimd.COLUMNS; channel++) {
            work[biasesAt + channel] = bias(pair * BlockSimd.COLUMNS + channel);
        }
    }

    private float bias(int channel) {
        return bias == null || channel >= to.channels() ? 0 : bias[biasAt + channel];
    }

    private void multiply(
            float[] work, int pair, int term, int count, int firstSample, int samples, int firstRow, int rows) {
        int from = weightAt + (pair * terms.length + term) * BlockSimd.COLUMNS;
        for (int sample = 0; sample < samples; sample++) {
            int sums = sumsAt + sample * rows * cut.width() * SIZE;
            if (image.isEmpty()) {
                int pixel = (int) input.at(firstSample + sample) + firstRow * to.width() * SIZE;
                float[] values = CpuMemory.values(input);
                add(rows * to.width(), values, pixel, term, count, from, work, sums);
                continue;
            }
            int pixel = sample * image.get().sampleFloats();
            for (int row = 0; row < rows; row++) {
                int at = pixel + row * image.get().rowFloats();
                int sum = sums + row * cut.width() * SIZE;
                add(cut.width(), work, at, term, count, from, work, sum);
            }
        }
    }

    private void add(int pixels, float[] x, int at, int term, int count, int from, float[] work, int sums) {
        boolean first = term == 0;
        int begin = first ? biasesAt : sums;
        int block = cut.pixels() * SIZE;
        simd.multiply(pixels, x, at, terms, term, count, weight, from, work, sums, block, begin, first);
    }

    private void store(float[] work, int pair, int firstSample, int samples, int firstRow, int rows) {
        for (int i = 0; i < 2; i++) {
            int block = 2 * pair + i;
            for (int sample = 0; sample < samples && block * SIZE < to.channels(); sample++) {
                int sums = sumsAt + (i * cut.pixels() + sample * rows * cut.width()) * SIZE;
                store.store(work, sums, cut.width(), firstSample + sample, block, firstRow, rows, spareAt);
            }
        }
    }
}
