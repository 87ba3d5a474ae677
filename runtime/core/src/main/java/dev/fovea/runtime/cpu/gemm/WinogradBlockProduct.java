package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.cpu.Workers;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link WinogradProduct} of tensors in channel blocks. A register holds channels of one pixel, so both transforms are sums of whole registers, whichever
 * way they go; the 36 products are those of {@link BlockProduct} with patches in place of pixels.
 *
 * <p>Floor: 36/144 of the direct sum's multiply-adds at the peak.
 */
final class WinogradBlockProduct implements Product {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH = WinogradSimd.PATCH;
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;
    private static final int POSITIONS = WinogradSimd.POSITIONS;
    /** Terms multiplied at a time, see {@link BlockProduct}. */
    private static final int TERMS = 192;
    /** Floats of the transformed patches of a tile, which it reads again and again, so that they stay in the second-level cache. */
    private static final int MOST_PATCHES = 3 << 16;
    /** So much longer may the weight be, which each tile reads once: beyond that it pays to have fewer tiles, with more patches. */
    private static final int LONG_WEIGHT = 12;

    private final BlockSimd simd;
    private final PatchSimd transforms;
    private final Workers workers;
    private final Scratch scratch;
    private final Shape to;
    private final Finish finish;
    private final BlockStore store;
    private final BlockCut cut;
    private final BlockImage image;
    private final WinogradBlockWeight weights;
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
     * @param gather of a 3×3 kernel with step 1
     * @param inputInBlocks how the input lies
     * @param outputInBlocks how the output, and what is added to it, lies
     * @param capacity the largest batch
     */
    WinogradBlockProduct(
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
        this.transforms = simd.patches();
        this.workers = cpu.workers();
        this.to = to;
        this.finish = finish;
        this.store = new BlockStore(cpu.simd(), output, to, !outputInBlocks, finish);
        int channels = (from.channels() + SIZE - 1) / SIZE * SIZE;
        int columns = patches(to.width());
        this.weights = new WinogradBlockWeight(cpu, to.channels(), from.channels());
        this.cut = BlockCut.of(
                patches(to.height()),
                columns,
                rows -> (long) POSITIONS * channels * rows * columns,
                (int) Math.max(MOST_PATCHES, weights.floats() / LONG_WEIGHT),
                to.channels(),
                capacity);
        this.image =
                new BlockImage(simd, gather, input, from, !inputInBlocks, OUTPUTS * columns, OUTPUTS * cut.rows(), 1);
        this.patches = simd.padded(cut.pixels());
        this.terms = new int[from.channels()];
        for (int channel = 0; channel < terms.length; channel++) {
            terms[channel] = channel / SIZE * patches * SIZE + channel % SIZE;
        }
        int pieces = (terms.length + TERMS - 1) / TERMS;
        this.depth = (terms.length + pieces - 1) / pieces;
        this.patchStride = Winograd.positionStride((long) channels * patches);
        this.sumStride = Winograd.positionStride((long) BlockSimd.COLUMNS * patches);
        this.rowsAt = image.sampleFloats();
        this.patchesAt = rowsAt + PATCH * image.rowFloats();
        this.sumsAt = patchesAt + POSITIONS * patchStride;
        this.halvesAt = sumsAt + POSITIONS * sumStride;
        this.outputsAt = halvesAt + OUTPUTS * PATCH * patches * SIZE;
        this.spareAt = outputsAt + OUTPUTS * OUTPUTS * cut.pixels() * SIZE;
        this.zerosAt = spareAt + to.width();
        this.biasesAt = zerosAt + BlockSimd.COLUMNS;
        this.scratch = cpu.scratch(biasesAt + SIZE);
        this.prepared = new int[workers.threads()];
    }

    private static int patches(int outputs) {
        return (outputs + OUTPUTS - 1) / OUTPUTS;
    }

    @Override
    public String algorithm() {
        return KernelPart.WINOGRAD;
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
    public void form(float[] source, int sourceAt, float[] form, int formAt) {
        weights.fill(source, sourceAt, form, formAt);
    }

    @Override
    public void run(int samples, float[] source, int sourceAt, float @Nullable [] biases, int biasesFrom) {
        throw new IllegalStateException("the weight is taken in its form");
    }

    @Override
    public void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesFrom) {
        weight = form;
        weightAt = formAt;
        bias = biases;
        biasAt = biasesFrom;
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
        int rows = Math.min(cut.rows(), patches(to.height()) - firstRow);
        if (prepared[worker] != place) {
            prepare(work, firstSample, samples, firstRow, rows);
            prepared[worker] = place;
        }
        Arrays.fill(work, zerosAt, zerosAt + BlockSimd.COLUMNS, 0f);
        int end = cut.pairs() * (part + 1) / parts;
        for (int pair = cut.pairs() * part / parts; pair < end; pair++) {
            multiply(work, pair, simd.padded(samples * rows * cut.width()));
            for (int i = 0; i < 2; i++) {
                if ((2 * pair + i) * SIZE < to.channels()) {
                    finish(work, 2 * pair + i, sumsAt + i * patches * SIZE, firstSample, samples, firstRow, rows);
                }
            }
        }
    }

    /** Transforms the patches, a block after the other. */
    private void prepare(float[] work, int firstSample, int samples, int firstRow, int rows) {
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

    private void multiply(float[] work, int pair, int count) {
        int block = patches * SIZE;
        for (int position = 0; position < POSITIONS; position++) {
            int at = patchesAt + position * patchStride;
            int sum = sumsAt + position * sumStride;
            int from = weightAt + (pair * POSITIONS + position) * weights.positionFloats();
            for (int term = 0; term < terms.length; term += depth) {
                int length = Math.min(depth, terms.length - term);
                int weightFrom = from + term * BlockSimd.COLUMNS;
                boolean first = term == 0;
                int begin = first ? zerosAt : sum;
                simd.multiply(count, work, at, terms, term, length, weight, weightFrom, work, sum, block, begin, first);
            }
        }
    }

    /** Transforms the sums of a block to outputs and stores them. */
    private void finish(float[] work, int block, int from, int firstSample, int samples, int firstRow, int rows) {
        for (int channel = 0; channel < SIZE; channel++) {
            int output = block * SIZE + channel;
            work[biasesAt + channel] = bias == null || output >= to.channels() ? 0 : bias[biasAt + output];
        }
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
        int last = Math.min(OUTPUTS * rows, to.height() - first);
        for (int sample = 0; sample < samples; sample++) {
            int at = outputsAt + sample * rows * OUTPUTS * width * SIZE;
            store.store(work, at, width, firstSample + sample, block, first, last, spareAt);
        }
    }
}
