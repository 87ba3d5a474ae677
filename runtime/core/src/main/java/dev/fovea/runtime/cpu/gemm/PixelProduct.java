package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import org.jspecify.annotations.Nullable;

/**
 * The product of a weight and the implicit matrix of a {@link Gather} where a batch has few outputs and the weight is kept from call to call, or a sample
 * has few and is not padded: kernels lie side by side in the registers, and what they are multiplied with is read from the image
 * an element at a time. Nothing is copied into panels but the weight, once; outputs that do not fill a register cost nothing. An image
 * that has to be padded or whose step is not 1 is prepared before, by all threads together.
 *
 * <p>A tile is some samples and some panels of kernels, so that there are tiles for several threads however small the image, and each part of the weight
 * is read by one thread. A sum takes its terms in the same order as in {@link GatherProduct}.
 */
final class PixelProduct implements Product {
    /** The most outputs of a tile: their sums stay in the first-level cache beside a block of kernels. */
    private static final int MOST_OUTPUTS = 256;
    /** Terms of the sum in a block: a panel of them fits the first-level cache. */
    private static final int BLOCK = 288;
    /** Outputs that are multiplied together. */
    private static final int TOGETHER = 4;
    /** Copying a panel of the image, which {@link GatherProduct} has to, costs about as much as multiplying it with so many rows. */
    private static final int COPY_ROWS = 10;
    /** How much slower it is to read elements anywhere than side by side. */
    private static final double ANYWHERE = 1.4;
    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;
    /** Floats that a thread prepares at a time. */
    private static final int PREPARED = 1 << 14;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final int rows;
    private final int width;
    private final int depth;
    private final int area;
    private final Region input;
    private final Region output;
    private final Finish finish;
    private final int[] offsets;
    private final int[] pixels;
    private final int panelsOfTile;
    private final int panelTiles;
    private final int samplesOfTile;
    private final Blocking blocking;
    private final PreparedImage image;
    private final TileLayout layout;
    private final boolean prepares;
    private final int channelsOfTile;
    private final Scratch common;
    private final Scratch sums;
    private final Tiles prepare = this::prepare;
    private final Tiles tiles = this::tile;

    private float[] panels = {};
    private int panelsAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int batch;

    /**
     * Whether it is the quicker way.
     *
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param infers whether the weight is kept
     */
    static boolean pays(
            ConvolutionWay way, MatrixSimd simd, Gather gather, int groups, int rows, int capacity, boolean infers) {
        long outputs = (long) capacity * gather.area();
        boolean within = isWithin(gather) && gather.taps() > 1 && simd.lanes() > 1;
        boolean possible = infers && outputs <= MOST_OUTPUTS;
        possible |= within && gather.area() <= MOST_OUTPUTS;
        if (way != ConvolutionWay.BY_SHAPE || groups > 1 || !possible) {
            return false;
        }
        int width = simd.columns();
        double here = ANYWHERE * up(rows, width) * up(outputs, TOGETHER);
        long gathered = (rows + COPY_ROWS) * up(outputs, width);
        return here < gathered;
    }

    private static boolean isWithin(Gather gather) {
        return gather.rows().isWithin() && gather.columns().isWithin();
    }

    private static long up(long count, int step) {
        return (count + step - 1) / step * step;
    }

    /**
     * A product to be run.
     *
     * @param input what the gather reads
     * @param rows outputs' channels
     * @param output all outputs
     * @param capacity the largest batch
     * @param formed whether the weight always comes in its form; if not no image is prepared
     */
    PixelProduct(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int rows,
            Region output,
            Finish finish,
            int capacity,
            boolean formed) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.rows = rows;
        this.input = input;
        this.output = output;
        this.finish = finish;
        width = simd.columns();
        area = gather.area();
        int channels = inputShape.channels();
        depth = channels * gather.taps();
        samplesOfTile = (long) capacity * area <= MOST_OUTPUTS ? capacity : Math.max(1, MOST_OUTPUTS / area);
        blocking = Blocking.of(gather, channels, samplesOfTile * area, depth, samplesOfTile);
        image = new PreparedImage(cpu.simd(), blocking, input, inputShape);
        layout = new TileLayout(blocking, simd.piece(), width);
        prepares = !isWithin(gather);
        offsets = prepares ? blocking.offsets() : blocking.offsetsWithin(inputShape);
        pixels = prepares ? preparedPixels(samplesOfTile) : pixelsWithin(gather, inputShape.width(), samplesOfTile);
        channelsOfTile = Math.max(1, PREPARED / Math.max(1, blocking.channelStride()));
        long work = (long) width * depth * samplesOfTile * area;
        panelsOfTile = (int) Math.max(1, WORTH_A_TILE / Math.max(1, work));
        panelTiles = (int) ((up(rows, width) / width + panelsOfTile - 1) / panelsOfTile);
        common = cpu.common(Math.max(prepares ? blocking.preparedSize(simd) : 0, formed ? 0 : formFloats()));
        sums = cpu.scratch((long) samplesOfTile * area * width);
    }

    /** Where the first term of each output of a tile lies in the prepared image. */
    private int[] preparedPixels(int samples) {
        int columns = blocking.gather().columns().outputs();
        int[] places = new int[samples * area];
        for (int i = 0; i < places.length; i++) {
            int row = i / columns + i / area * blocking.gather().rows().span();
            places[i] = row * blocking.preparedWidth() + i % columns;
        }
        return places;
    }

    /** The same in the input itself, behind where the first of the samples begins. */
    private int[] pixelsWithin(Gather gather, int inputWidth, int samples) {
        int columns = gather.columns().outputs();
        int first = gather.rows().sources(0)[0] * inputWidth + gather.columns().sources(0)[0];
        int[] places = new int[samples * area];
        for (int i = 0; i < places.length; i++) {
            int row = i % area / columns;
            places[i] = Math.toIntExact(i / area * input.stride()) + first + row * inputWidth + i % columns;
        }
        return places;
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form(weights, weightsAt, common.of(0), 0);
        runFormed(samples, common.of(0), 0, biases, biasesAt);
    }

    @Override
    public String algorithm() {
        return "pixels";
    }

    @Override
    public Finish finish() {
        return finish;
    }

    @Override
    public long formFloats() {
        return up(rows, width) * depth;
    }

    /** Panels of kernels side by side, zeros where there are no more. */
    @Override
    public void form(float[] weights, int weightsAt, float[] form, int formAt) {
        for (int row = 0; row < up(rows, width); row++) {
            int from = weightsAt + row * depth;
            int to = formAt + row / width * width * depth + row % width;
            for (int k = 0; k < depth; k++) {
                form[to + k * width] = row < rows ? weights[from + k] : 0f;
            }
        }
    }

    @Override
    public void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesAt) {
        batch = samples;
        panels = form;
        panelsAt = formAt;
        bias = biases;
        biasAt = biasesAt;
        if (prepares) {
            layout.set(0, samples);
            cpu.workers().run((blocking.channels() + channelsOfTile - 1) / channelsOfTile, prepare);
        }
        cpu.workers().run((samples + samplesOfTile - 1) / samplesOfTile * panelTiles, tiles);
    }

    private void prepare(int tile, int worker) {
        int first = tile * channelsOfTile;
        int count = Math.min(channelsOfTile, blocking.channels() - first);
        image.fill(layout, first, count, common.of(0), first * blocking.channelStride());
    }

    private void tile(int tile, int worker) {
        int panel = tile % panelTiles * panelsOfTile * width;
        int end = Math.min(rows, panel + panelsOfTile * width);
        int sample = tile / panelTiles * samplesOfTile;
        int samples = Math.min(samplesOfTile, batch - sample);
        for (int first = panel; first < end; first += width) {
            panel(first, sample, samples, sums.of(worker));
        }
    }

    private void panel(int first, int sample, int samples, float[] work) {
        float[] source = prepares ? common.of(0) : CpuMemory.values(input);
        int sourceAt = prepares ? 0 : (int) input.at(sample);
        int outputs = samples * area;
        int count = Math.min(width, rows - first);
        for (int i = 0; i < width; i++) {
            work[i] = bias != null && i < count ? bias[biasAt + first + i] : 0f;
        }
        int floats = outputs * width;
        for (int done = width; done < floats; done += done) {
            System.arraycopy(work, 0, work, done, Math.min(done, floats - done));
        }
        for (int k = 0; k < depth; k += BLOCK) {
            int terms = Math.min(BLOCK, depth - k);
            int at = panelsAt + first * depth + k * width;
            simd.multiplyScattered(outputs, source, sourceAt, pixels, 0, offsets, k, panels, at, terms, work, 0, width);
        }
        store(first, count, sample, samples, work);
    }

    private void store(int first, int count, int firstSample, int samples, float[] work) {
        float[] target = CpuMemory.values(output);
        for (int i = 0; i < samples; i++) {
            int to = (int) output.at(firstSample + i) + first * area;
            for (int row = 0; row < count; row++) {
                turn(work, i * area * width + row, width, target, to + row * area, area);
            }
            finish.apply(cpu.simd(), output, firstSample + i, first * area, count * area);
        }
    }

    private static void turn(float[] source, int from, int step, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] = source[from + i * step];
        }
    }
}
