package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdRows;
import java.util.Arrays;

/**
 * The gradient of the weight of a convolution with step 1 and few channels: {@code dW[m, k] = Σ_i dY[m, i]·X[i + offset_k]}. A sample's image is
 * copied with its padding, the output's gradient with zeros between its rows, so that rows of both lie equally far apart; every pair of
 * a channel and a term is then a scalar product of two ranges. Nothing is copied once for each term, as it is where the
 * {@linkplain WeightGradient implicit matrix} is packed.
 *
 * <p>A tile adds up some samples in memory of its own; the sums of all tiles are added in their order, so the bits do not depend on the threads.
 */
final class RowWeightGradient implements WeightSums {
    /** The most floats of the copied image. */
    private static final int MOST_FLOATS = 8192;
    /** How many zeros between rows are worth it: elements of the range for each output. */
    private static final double MOST_WASTE = 1.45;
    /** How much slower it is than the peak: seven loads for ten multiply-adds, some of which touch two lines of the cache. */
    private static final double SLOWER = 1.5;
    /** Registers of a range in whose time its sums come and go. */
    private static final double SHORT = 18;
    /** Tiles of small sums; of large ones half of it. */
    private static final int PARTS = 16;
    /** Floats. */
    private static final int SMALL_SUMS = 1 << 15;
    /** Output channels whose sums are brought together. */
    private static final int PAIR = 2;

    private final Cpu cpu;
    private final SimdRows simd;
    private final Simd loops;
    private final int channels;
    private final int pairs;
    /** The most output channels that are multiplied together. */
    private final int together;

    private final int depth;
    private final int lanes;
    private final int pitch;
    private final int outputRows;
    private final int outputColumns;
    private final Region input;
    private final Region outputGradient;
    private final int[] offsets;
    private final RowPlanes planes;
    private final int length;
    private final int gradientAt;
    private final int floats;
    private final int sumsStride;
    private final int parts;
    private final Scratch scratch;
    private final Scratch sums;
    private final Tiles add = this::add;
    private final Tiles store = this::store;
    private int batch;
    private int partsNow;
    private float[] gradient = {};
    private int weightAt;
    private boolean accumulate;

    /**
     * What it costs, in multiply-adds at the peak for each that counts; infinite where it cannot be done so.
     *
     * @param inputs the image's channels
     */
    static double cost(Simd simd, Gather gather, int inputs) {
        GatherAxis rows = gather.rows();
        int pitch = RowPlanes.pitch(gather);
        int range = up((rows.outputs() - 1) * pitch + gather.columns().outputs(), simd.lanes());
        boolean large = (long) inputs * pitch * (rows.outputs() + rows.span()) > MOST_FLOATS;
        if (simd.lanes() == 1 || large || range > MOST_WASTE * gather.area()) {
            return Double.POSITIVE_INFINITY;
        }
        double registers = (double) range / simd.lanes();
        return range * (SLOWER + SHORT / registers) / gather.area();
    }

    private static int up(int count, int step) {
        return (count + step - 1) / step * step;
    }

    /**
     * A gradient to be computed.
     *
     * @param input what the forward gather read
     * @param outputShape of the gradient {@code outputGradient}
     * @param capacity the largest batch
     */
    RowWeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        this.cpu = cpu;
        this.loops = cpu.simd();
        this.simd = loops.rows();
        this.input = input;
        this.outputGradient = outputGradient;
        channels = outputShape.channels();
        pairs = (channels + PAIR - 1) / PAIR;
        together = simd.correlatedTogether();
        lanes = loops.lanes();
        pitch = RowPlanes.pitch(gather);
        outputRows = gather.rows().outputs();
        outputColumns = gather.columns().outputs();
        int inputs = inputShape.channels();
        int channelStride = (outputRows + gather.rows().span()) * pitch;
        planes = new RowPlanes(loops.planes(), gather, inputs, inputShape.width(), inputShape.area(), channelStride);
        RowTerms terms = new RowTerms(gather, inputs, pitch, channelStride);
        depth = terms.all().count();
        offsets = Arrays.copyOf(terms.offsets(), up(depth, SimdRows.TERMS));
        Arrays.fill(offsets, depth, offsets.length, offsets[depth - 1]);
        length = up((outputRows - 1) * pitch + outputColumns, lanes);
        gradientAt = inputs * channelStride + lanes; // the last range may end behind the image
        floats = gradientAt + PAIR * pairs * length;
        sumsStride = offsets.length * lanes;
        int size = PAIR * pairs * sumsStride;
        parts = Math.min(capacity, size <= SMALL_SUMS ? PARTS : PARTS / 2);
        scratch = cpu.scratch(floats);
        sums = cpu.common((long) parts * size);
    }

    @Override
    public String algorithm() {
        return "rows";
    }

    @Override
    public void run(int samples, Gradient target) {
        batch = samples;
        gradient = CpuMemory.values(target.region());
        weightAt = (int) target.region().offset();
        accumulate = target.accumulate();
        partsNow = Math.min(parts, samples);
        cpu.workers().run(partsNow, add);
        if (partsNow * PAIR * pairs * sumsStride < SMALL_SUMS) {
            cpu.workers().runInline(pairs, store);
        } else {
            cpu.workers().run(pairs, store);
        }
    }

    private void add(int part, int worker) {
        float[] work = scratch.of(worker);
        float[] total = sums.of(0);
        int at = part * PAIR * pairs * sumsStride;
        Arrays.fill(work, 0, floats, 0f);
        Arrays.fill(total, at, at + PAIR * pairs * sumsStride, 0f);
        float[] source = CpuMemory.values(outputGradient);
        int end = (part + 1) * batch / partsNow;
        for (int sample = part * batch / partsNow; sample < end; sample++) {
            planes.fill(CpuMemory.values(input), (int) input.at(sample), 0, outputRows, work);
            int from = (int) outputGradient.at(sample);
            for (int channel = 0; channel < channels; channel++) {
                int area = channel * outputRows * outputColumns;
                int to = gradientAt + channel * length;
                loops.planes().copyRows(source, from + area, outputColumns, work, to, pitch, outputRows, outputColumns);
            }
            correlate(work, total, at);
        }
    }

    /** Adds a sample's products to the tile's sums, for as many channels together as there are loops for. */
    private void correlate(float[] work, float[] total, int at) {
        int groups = (channels + together - 1) / together;
        for (int group = 0; group < groups; group++) {
            int first = firstOf(group, groups);
            int count = Math.max(PAIR, firstOf(group + 1, groups) - first); // a last one by itself has zeros beside it
            int from = gradientAt + first * length;
            simd.correlate(
                    count, work, from, length, work, 0, offsets, total, at + first * sumsStride, sumsStride, length);
        }
    }

    private int firstOf(int group, int groups) {
        return (group * channels + groups - 1) / groups;
    }

    /** Adds the tiles' sums of two channels in their order, and their lanes. */
    private void store(int pair, int worker) {
        float[] total = sums.of(0);
        int at = PAIR * pair * sumsStride;
        for (int part = 1; part < partsNow; part++) {
            loops.add(total, part * PAIR * pairs * sumsStride + at, total, at, PAIR * sumsStride);
        }
        for (int channel = PAIR * pair; channel < Math.min(channels, PAIR * (pair + 1)); channel++) {
            int to = weightAt + channel * depth;
            for (int term = 0; term < depth; term++) {
                int place = to + term;
                float before = accumulate ? gradient[place] : 0f;
                gradient[place] = before + loops.sum(total, channel * sumsStride + term * lanes, lanes);
            }
        }
    }
}
