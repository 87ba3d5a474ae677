package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.cpu.Workers;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of a {@link BlockLayer}, tile by tile: what a tile reads is prepared, and then one pair of blocks of output channels after the other is summed and stored.
 */
abstract class BlockedProduct implements Product {
    static final int SIZE = BlockSimd.SIZE;
    /** Terms of a sum added at a time: the weight of so many stays in the first-level cache from one row of pixels to the next. */
    private static final int TERMS = 192;

    final BlockLayer layer;
    final BlockCut cut;
    private final BlockForm weights;
    /**
     * Whether a tile makes the form of a pair just before it multiplies with it, while it is in the caches: where it is not kept, and each pair
     * is multiplied with once.
     */
    private final boolean formsPairs;

    private final BlockStore store;
    private final Workers workers;
    /** What each worker has prepared in this run, so that it does not do it again for other channels. */
    private final int[] prepared;

    private final Tiles tiles = this::tile;
    private Scratch scratch;
    private float[] weight = {};
    private int weightAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int batch;
    private int parts;
    private int formAt;
    private int roomAt;

    BlockedProduct(BlockLayer layer, BlockCut cut, BlockForm weights) {
        this.layer = layer;
        this.cut = cut;
        this.weights = weights;
        this.formsPairs = !layer.keepsWeight() && cut.places(layer.capacity()) == 1;
        this.store = layer.store();
        this.workers = layer.cpu().workers();
        this.scratch = layer.cpu().scratch(0);
        this.prepared = new int[workers.threads()];
    }

    /** How many terms are added at a time: pieces of about the same length. */
    static int depth(int terms) {
        int pieces = (terms + TERMS - 1) / TERMS;
        return (terms + pieces - 1) / pieces;
    }

    /** Says how much of the workspace a tile needs, and how much making a pair of the weight's form. */
    final void reserve(int floats, int formFloats) {
        roomAt = (floats + SIZE - 1) / SIZE * SIZE;
        formAt = roomAt + formFloats;
        scratch = layer.cpu().scratch(formsPairs ? formAt + (long) weights.floats(weights.piece()) : floats);
    }

    /**
     * Pairs whose sums a tile has at a time: where their form is made in pieces, all of its part, so that what it reads of the image is brought near once for
     * all of them.
     */
    final int slots() {
        return formsPairs && weights.piece() < weights.channels ? cut.mostPairs() : 1;
    }

    /** Prepares what some rows of some samples read. Rows are those of the cut. */
    abstract void prepare(float[] work, int firstSample, int samples, int firstRow, int rows);

    /**
     * Sums them for a pair of blocks: begins at the first channel, and goes on with what there is at any other.
     *
     * @param form has these channels of the pair's form, from {@code formAt} on
     * @param slot one of {@link #slots}
     */
    abstract void sum(
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
            int rows);

    /** Stores a pair's sums. */
    abstract void store(float[] work, int slot, int pair, int firstSample, int samples, int firstRow, int rows);

    /** Rows of the cut in a sample. */
    abstract int height();

    /** Puts down the bias of some channels; zeros where there are none. */
    final void bias(int firstChannel, int count, float[] work, int at) {
        float[] biases = bias;
        for (int i = 0; i < count; i++) {
            int channel = firstChannel + i;
            work[at + i] = biases == null || channel >= layer.to().channels() ? 0 : biases[biasAt + channel];
        }
    }

    final BlockStore store() {
        return store;
    }

    @Override
    public Finish finish() {
        return layer.finish();
    }

    @Override
    public long formFloats() {
        return formsPairs ? 0 : weights.floats();
    }

    @Override
    public Object formKey() {
        return weights.key();
    }

    @Override
    public void form(float[] source, int sourceAt, float[] form, int at) {
        weights.fill(source, sourceAt, form, at);
    }

    @Override
    public void run(int samples, float[] source, int sourceAt, float @Nullable [] biases, int biasesAt) {
        if (!formsPairs) {
            throw new IllegalStateException("the weight is taken in its form");
        }
        runFormed(samples, source, sourceAt, biases, biasesAt);
    }

    @Override
    public void runFormed(int samples, float[] source, int sourceAt, float @Nullable [] biases, int biasesAt) {
        weight = source;
        weightAt = sourceAt;
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
        int rows = Math.min(cut.rows(), height() - firstRow);
        if (prepared[worker] != place) {
            prepare(work, firstSample, samples, firstRow, rows);
            prepared[worker] = place;
        }
        int end = cut.pairs() * (part + 1) / parts;
        int step = slots();
        for (int pair = cut.pairs() * part / parts; pair < end; pair += step) {
            int count = Math.min(step, end - pair);
            if (formsPairs) {
                formAndSum(work, pair, count, firstSample, samples, firstRow, rows);
            } else {
                int at = weightAt + pair * weights.pairFloats();
                sum(work, weight, at, 0, pair, 0, weights.channels, firstSample, samples, firstRow, rows);
            }
            for (int i = 0; i < count; i++) {
                store(work, i, pair + i, firstSample, samples, firstRow, rows);
            }
        }
    }

    /** Channels in the outer loop: what is read of the image for a piece of them stays in the second-level cache. */
    private void formAndSum(float[] work, int pair, int count, int firstSample, int samples, int firstRow, int rows) {
        int piece = weights.piece();
        for (int first = 0; first < weights.channels; first += piece) {
            int end = Math.min(weights.channels, first + piece);
            for (int i = 0; i < count; i++) {
                weights.fill(pair + i, first, end, weight, weightAt, work, formAt, work, roomAt);
                sum(work, work, formAt, i, pair + i, first, end, firstSample, samples, firstRow, rows);
            }
        }
    }
}
