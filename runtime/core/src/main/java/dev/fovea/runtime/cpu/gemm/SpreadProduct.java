package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.ChannelSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The product of a weight and the implicit matrix of a {@link Gather} with step 1 for output channels that fill registers, a
 * pair of them at a time, where it is quicker than {@link RowProduct}, as mostly with short rows: the channels lie side by side, and an element of the image is multiplied with those of one register or two, for windows that begin side by side. An image
 * without padding is read where it lies; of another a band of rows is copied. Sums take their terms in the same order as in {@link GatherProduct}.
 *
 * <p>Floor: the multiply-adds of full registers at one load each, and each output turned from registers to planes. A tile is a band of a sample.
 */
final class SpreadProduct implements Product {
    /** The most floats of a band of the image. */
    private static final int BAND = 8192;
    /** Terms whose weights stay in the first-level cache from one row of outputs to the next. */
    private static final int TERMS = 192;
    /** How much slower it is than the peak: a load for each multiply-add. */
    private static final double SLOWER = 1.45;
    /** And of a load for two of them. */
    private static final double SLOWER_TOGETHER = 1;
    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;
    /** Tiles to aim at where there are few samples. */
    private static final int ENOUGH_TILES = 4;
    /** Terms in whose time an output is turned around. */
    private static final double TURNING = 24;

    private final Cpu cpu;
    private final ChannelSimd simd;
    private final RowPlanes planes;
    private final Gather gather;
    private final Region input;
    private final GatherTarget target;
    private final Finish finish;
    private final boolean prepares;
    private final int channels;
    private final int rows;
    private final int lanes;
    private final int registers;
    private final int groups;
    private final int width;
    private final int padded;
    private final int firstAt;
    private final int pitch;
    private final int channelStride;
    private final int bandRows;
    private final int bands;
    private final int[] places;
    private final int[] offsets;
    private final int imageFloats;
    private final Scratch scratch;
    private final Scratch common;
    private final int commonAt;
    private final Tiles tiles = this::tile;

    private float[] form = {};
    private int formAt;
    private float @Nullable [] bias;
    private int biasAt;

    /**
     * What it costs, in multiply-adds at the peak for a row of outputs and a term of their sums; infinite where it cannot be done so.
     *
     * @param channels of the image
     * @param rows outputs' channels
     */
    static double cost(Simd simd, Gather gather, int channels, int rows) {
        Optional<ChannelSimd> loops = simd.channels();
        boolean large =
                (long) channels * RowPlanes.pitch(gather) * (gather.rows().span() + 2) > BAND;
        if (loops.isEmpty() || gather.area() == 0 || large) {
            return Double.POSITIVE_INFINITY;
        }
        int registers = registers(simd, rows);
        int padded = loops.get().padded(gather.columns().outputs());
        double turning = 1 + TURNING / ((double) channels * gather.taps());
        return (registers == 1 ? SLOWER : SLOWER_TOGETHER) * turning * up(rows, registers * simd.lanes()) * padded;
    }

    /** How many registers of channels are multiplied with an element that is read. */
    private static int registers(Simd simd, int rows) {
        return rows > simd.lanes() ? ChannelSimd.TOGETHER : 1;
    }

    private static int up(int count, int step) {
        return (count + step - 1) / step * step;
    }

    /**
     * A product to be run.
     *
     * @param input what the gather reads
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param formed whether the weight always comes in its form
     * @param commonBefore floats at the beginning of the common workspace that are in use while this runs
     */
    SpreadProduct(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int rows,
            GatherTarget target,
            Finish finish,
            int capacity,
            boolean formed,
            long commonBefore) {
        this.cpu = cpu;
        this.simd = cpu.simd().channels().orElseThrow();
        this.gather = gather;
        this.input = input;
        this.rows = rows;
        this.target = target;
        this.finish = finish;
        channels = inputShape.channels();
        lanes = cpu.simd().lanes();
        registers = registers(cpu.simd(), rows);
        groups = up(rows, registers * lanes) / (registers * lanes);
        width = gather.columns().outputs();
        padded = simd.padded(width);
        boolean within = gather.rows().isWithin() && gather.columns().isWithin();
        prepares = !within || padded > width; // a row that is rounded up may be read beyond the image
        int inputWidth = inputShape.width();
        firstAt = prepares
                ? 0
                : gather.rows().sources(0)[0] * inputWidth + gather.columns().sources(0)[0];
        pitch = prepares ? RowPlanes.pitch(gather) : inputWidth;
        int outputRows = gather.rows().outputs();
        int span = gather.rows().span();
        int most = Math.max(2, BAND / (channels * pitch) - span);
        long work = (long) rows * channels * gather.taps() * gather.area();
        long shared = Math.min((ENOUGH_TILES + capacity - 1) / capacity, Math.max(1, work / WORTH_A_TILE));
        int even = (int) Math.max((outputRows + most - 1) / most, shared);
        bandRows = up((outputRows + even - 1) / even, 2);
        bands = (outputRows + bandRows - 1) / bandRows;
        channelStride = prepares ? (bandRows + span) * pitch : inputShape.area();
        planes = new RowPlanes(cpu.simd().planes(), gather, channels, inputWidth, inputShape.area(), channelStride);
        places = new int[bandRows];
        Arrays.setAll(places, row -> row * pitch);
        RowTerms terms = new RowTerms(gather, channels, pitch, channelStride);
        terms.all();
        offsets = terms.offsets();
        imageFloats = prepares ? channels * channelStride + padded - width : 0;
        scratch = cpu.scratch(imageFloats + (long) registers * bandRows * padded * lanes);
        common = cpu.common(formed ? 0 : commonBefore + formFloats());
        commonAt = Math.toIntExact(commonBefore);
    }

    @Override
    public String algorithm() {
        return "spread";
    }

    @Override
    public Finish finish() {
        return finish;
    }

    @Override
    public long formFloats() {
        return (long) groups * registers * lanes * offsets.length;
    }

    /** The weights of a term side by side, zeros where there are no more channels. */
    @Override
    public void form(float[] weights, int weightsAt, float[] to, int toAt) {
        int depth = offsets.length;
        for (int register = 0; register < groups * registers; register++) {
            int first = register * lanes;
            int count = Math.max(0, Math.min(lanes, rows - first));
            int at = toAt + register / registers * registers * lanes * depth + register % registers * lanes;
            simd.gather(weights, weightsAt + first * depth, depth, count, to, at, registers * lanes, depth);
        }
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form(weights, weightsAt, common.of(0), commonAt);
        runFormed(samples, common.of(0), commonAt, biases, biasesAt);
    }

    @Override
    public void runFormed(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form = weights;
        formAt = weightsAt;
        bias = biases;
        biasAt = biasesAt;
        cpu.workers().run(samples * bands, tiles);
    }

    private void tile(int tile, int worker) {
        int sample = tile / bands;
        int firstRow = tile % bands * bandRows;
        int endRow = Math.min(gather.rows().outputs(), firstRow + bandRows);
        float[] work = scratch.of(worker);
        float[] source = CpuMemory.values(input);
        int sourceAt = (int) input.at(sample) + firstAt + firstRow * pitch;
        if (prepares) {
            Arrays.fill(work, 0, imageFloats, 0f);
            planes.fill(source, (int) input.at(sample), firstRow, endRow, work);
            source = work;
            sourceAt = 0;
        }
        for (int group = 0; group < groups; group++) {
            sum(group, source, sourceAt, endRow - firstRow, work);
            for (int i = 0; i < registers; i++) {
                store(group * registers + i, sample, firstRow, endRow - firstRow, work, sumsOf(i));
            }
        }
    }

    /** Where the sums of a register of the group lie. */
    private int sumsOf(int register) {
        return imageFloats + register * bandRows * padded * lanes;
    }

    private void sum(int group, float[] source, int sourceAt, int count, float[] work) {
        for (int i = 0; i < registers; i++) {
            begin(group * registers + i, count * padded * lanes, work, sumsOf(i));
        }
        int step = registers * lanes;
        int from = formAt + group * step * offsets.length;
        for (int term = 0; term < offsets.length; term += TERMS) {
            int terms = Math.min(TERMS, offsets.length - term);
            simd.spread(
                    source,
                    sourceAt,
                    places,
                    0,
                    count,
                    padded,
                    offsets,
                    term,
                    terms,
                    registers,
                    form,
                    from + term * step,
                    work,
                    imageFloats,
                    bandRows * padded * lanes);
        }
    }

    /** All sums begin as the bias. */
    private void begin(int register, int floats, float[] work, int at) {
        float[] biases = bias;
        for (int lane = 0; lane < lanes; lane++) {
            int channel = register * lanes + lane;
            work[at + lane] = biases == null || channel >= rows ? 0f : biases[biasAt + channel];
        }
        for (int done = lanes; done < floats; done += done) {
            System.arraycopy(work, at, work, at + done, Math.min(done, floats - done));
        }
    }

    private void store(int register, int sample, int firstRow, int count, float[] work, int sums) {
        float[] output = CpuMemory.values(target.region());
        int area = target.planeArea();
        int first = register * lanes;
        int stored = Math.min(lanes, rows - first);
        if (stored <= 0) {
            return;
        }
        int to = (int) target.region().at(sample) + first * area + firstRow * width;
        if (padded == width) {
            simd.scatter(work, sums, stored, output, to, area, count * width);
        } else {
            for (int row = 0; row < count; row++) {
                int from = sums + row * padded * lanes;
                simd.scatter(work, from, stored, output, to + row * width, area, width);
            }
        }
        finish(sample, first * area + firstRow * width, stored, count * width);
    }

    /** What becomes of the sums while they are in the cache, all at once where a band is the whole sample. */
    private void finish(int sample, int place, int count, int length) {
        if (finish.isNothing()) {
            return;
        }
        int area = target.planeArea();
        boolean whole = bands == 1;
        for (int channel = 0; channel < (whole ? 1 : count); channel++) {
            int floats = whole ? count * area : length;
            finish.apply(cpu.simd(), target.region(), sample, place + channel * area, floats);
        }
    }
}
