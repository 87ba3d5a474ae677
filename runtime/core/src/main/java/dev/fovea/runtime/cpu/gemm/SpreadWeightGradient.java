package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.ChannelSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.Optional;

/**
 * The gradient of the weight of a convolution with step 1 and channels on one side that fill one register or two: {@code dW[m, k] = Σ_i dY[m, i]·X[i + offset_k]}, the
 * output's channels m side by side in registers. The output's gradient is turned to registers, a piece of a sample at a time; the image lies in planes, and an element of it is multiplied with
 * them, for the taps of a row of the window side by side. No sum is left in lanes, and zeros between rows, as {@link RowWeightGradient} has them, are not multiplied.
 *
 * <p>Or the other way around, {@link #ofInput}: {@code dW[c, m, k] = Σ_j X[c, j]·dY[m, j − offset_k]}, the input's channels c in registers and the output's gradient in planes, which have zeros
 * around them. With 16 channels before and 20 behind one register is full that way, where two are filled to 20 of 32.
 *
 * <p>Floor: the multiply-adds of full registers at two loads for two of them. A tile adds up some samples in memory of its own; the sums of all tiles are added in their
 * order, so the bits do not depend on the threads.
 */
final class SpreadWeightGradient implements WeightSums {
    /** The most floats of the copied image: what a piece reads of it comes from the second-level cache at worst. */
    private static final int MOST_FLOATS = 1 << 16;
    /** How much slower it is than the peak: a load for each multiply-add. */
    private static final double SLOWER = 1.45;
    /** And of a load for two of them. */
    private static final double SLOWER_TOGETHER = 1.25;
    /** Terms of an output's channels in whose time its gradient is turned to registers. */
    private static final double TURNING = 60;
    /** Outputs in whose time sums come and go. */
    private static final double COMING = 6;
    /** The most floats of sums of a tile: they come and go with each piece of each sample. */
    private static final int MOST_SUMS = 1 << 17;
    /** Outputs of a piece, whose gradient stays in the first-level cache. */
    private static final int PIECE = 256;
    /** Tiles, if there are so many samples. */
    private static final int PARTS = 16;
    /** Rows of the window whose sums of all tiles one thread adds. */
    private static final int ROWS_TOGETHER = 16;
    /** Floats that one thread adds as quickly as several. */
    private static final int FEW_SUMS = 1 << 15;

    private final Cpu cpu;
    private final ChannelSimd simd;
    private final RowPlanes planes;
    /** The factor whose elements are read one by one, and the one that is turned to registers. */
    private final Region inPlanes;

    private final Region inRegisters;
    /** Whether the input's channels are those in registers. */
    private final boolean ofInput;

    private final int planeChannels;
    private final int lanes;
    private final int channels;
    private final int registers;
    private final int groups;
    private final int area;
    private final int outputRows;
    private final int pieceRows;
    private final int outputColumns;
    private final int pitch;
    /** Where each row of the window begins in the copied image, channel by channel. */
    private final int[] rows;

    private final int[] offsets;
    private final int taps;
    private final int rowSums;
    private final int registerSums;
    private final int chunks;
    private final int imageFloats;
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
     * @param gather from the factor in registers to that in planes
     * @param inputs channels of the factor in planes: the image, or the output's gradient
     * @param outputs channels of the factor in registers
     */
    static double cost(Simd simd, Gather gather, int inputs, int outputs) {
        Optional<ChannelSimd> loops = simd.channels();
        GatherAxis columns = gather.columns();
        int rows = gather.rows().outputs() + gather.rows().span();
        boolean large = (long) inputs * RowPlanes.pitch(gather) * rows > MOST_FLOATS
                || (long) inputs * gather.taps() * up(outputs, simd.lanes()) > MOST_SUMS;
        if (loops.isEmpty() || large || columns.span() >= columns.taps()) {
            return Double.POSITIVE_INFINITY;
        }
        int registers = registers(simd, outputs);
        double lanes = (double) up(outputs, registers * simd.lanes()) / outputs;
        double together = (double) loops.get().padded(columns.taps()) / columns.taps();
        double turning = 1 + TURNING / ((double) inputs * gather.taps());
        double coming = 1 + COMING / Math.min(PIECE, gather.area());
        return (registers == 1 ? SLOWER : SLOWER_TOGETHER) * lanes * together * turning * coming;
    }

    /** How many registers of channels are multiplied with an element that is read. */
    private static int registers(Simd simd, int outputs) {
        return outputs > simd.lanes() ? ChannelSimd.TOGETHER : 1;
    }

    private static int up(int count, int step) {
        return (count + step - 1) / step * step;
    }

    /**
     * A gradient with the output's channels in registers.
     *
     * @param gather the forward one
     * @param outputShape of the gradient {@code outputGradient}
     * @param capacity the largest batch
     */
    static SpreadWeightGradient ofOutput(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        return new SpreadWeightGradient(cpu, gather, input, inputShape, outputGradient, outputShape, false, capacity);
    }

    /** The same with the input's channels in registers. */
    static SpreadWeightGradient ofInput(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        return new SpreadWeightGradient(
                cpu, gather.readers(), outputGradient, outputShape, input, inputShape, true, capacity);
    }

    private SpreadWeightGradient(
            Cpu cpu,
            Gather gather,
            Region inPlanes,
            Shape planesShape,
            Region inRegisters,
            Shape registersShape,
            boolean ofInput,
            int capacity) {
        this.cpu = cpu;
        this.simd = cpu.simd().channels().orElseThrow();
        this.inPlanes = inPlanes;
        this.inRegisters = inRegisters;
        this.ofInput = ofInput;
        lanes = cpu.simd().lanes();
        channels = registersShape.channels();
        registers = registers(cpu.simd(), channels);
        groups = up(channels, registers * lanes) / (registers * lanes);
        area = registersShape.area();
        outputRows = gather.rows().outputs();
        outputColumns = gather.columns().outputs();
        pieceRows = Math.max(1, Math.min(outputRows, PIECE / outputColumns));
        pitch = RowPlanes.pitch(gather);
        planeChannels = planesShape.channels();
        int channelStride = (outputRows + gather.rows().span()) * pitch;
        planes = new RowPlanes(
                cpu.simd().planes(), gather, planeChannels, planesShape.width(), planesShape.area(), channelStride);
        int rowTaps = gather.rows().taps();
        rows = new int[planeChannels * rowTaps];
        Arrays.setAll(rows, row -> row / rowTaps * channelStride + gather.rows().offset(row % rowTaps) * pitch);
        offsets = new int[pieceRows * outputColumns];
        Arrays.setAll(offsets, i -> i / outputColumns * pitch + i % outputColumns);
        taps = gather.columns().taps();
        int padded = simd.padded(taps);
        rowSums = padded * lanes;
        registerSums = rows.length * rowSums;
        chunks = (rows.length + ROWS_TOGETHER - 1) / ROWS_TOGETHER;
        imageFloats = planeChannels * channelStride + padded - taps; // the last columns may lie behind the image
        parts = Math.min(capacity, PARTS);
        scratch = cpu.scratch(imageFloats + (long) offsets.length * registers * lanes);
        sums = cpu.common((long) parts * partSums());
    }

    /** Floats of the sums of a tile: {@code [groups, registers, rows of the window, taps, lanes]}. */
    private int partSums() {
        return groups * registers * registerSums;
    }

    @Override
    public String algorithm() {
        return ofInput ? "spread inputs" : "spread";
    }

    @Override
    public void run(int samples, Gradient target) {
        batch = samples;
        gradient = CpuMemory.values(target.region());
        weightAt = (int) target.region().offset();
        accumulate = target.accumulate();
        partsNow = Math.min(parts, samples);
        cpu.workers().run(partsNow, add);
        if (partsNow * partSums() < FEW_SUMS) {
            cpu.workers().runInline(groups * registers * chunks, store);
        } else {
            cpu.workers().run(groups * registers * chunks, store);
        }
    }

    private void add(int part, int worker) {
        float[] work = scratch.of(worker);
        float[] total = sums.of(0);
        int at = part * partSums();
        Arrays.fill(work, 0, imageFloats, 0f);
        Arrays.fill(total, at, at + partSums(), 0f);
        int end = (part + 1) * batch / partsNow;
        for (int sample = part * batch / partsNow; sample < end; sample++) {
            planes.fill(CpuMemory.values(inPlanes), (int) inPlanes.at(sample), 0, outputRows, work);
            for (int row = 0; row < outputRows; row += pieceRows) {
                for (int group = 0; group < groups; group++) {
                    add(work, sample, row, group, total, at + group * registers * registerSums);
                }
            }
        }
    }

    /** Some rows of outputs of a sample, and the channels of a group of registers. */
    private void add(float[] work, int sample, int row, int group, float[] total, int at) {
        int outputs = Math.min(pieceRows, outputRows - row) * outputColumns;
        float[] source = CpuMemory.values(inRegisters);
        for (int i = 0; i < registers; i++) {
            int first = (group * registers + i) * lanes;
            int from = (int) inRegisters.at(sample) + first * area + row * outputColumns;
            int count = Math.max(0, Math.min(lanes, channels - first));
            simd.gather(source, from, area, count, work, imageFloats + i * lanes, registers * lanes, outputs);
        }
        simd.spread(
                work,
                row * pitch,
                rows,
                0,
                rows.length,
                rowSums / lanes,
                offsets,
                0,
                outputs,
                registers,
                work,
                imageFloats,
                total,
                at,
                registerSums);
    }

    /** Adds the tiles' sums of some rows of the window in their order and stores them. */
    private void store(int tile, int worker) {
        float[] total = sums.of(0);
        int register = tile / chunks;
        int firstRow = tile % chunks * ROWS_TOGETHER;
        int endRow = Math.min(rows.length, firstRow + ROWS_TOGETHER);
        int at = register * registerSums + firstRow * rowSums;
        int length = (endRow - firstRow) * rowSums;
        for (int part = 1; part < partsNow; part++) {
            cpu.simd().add(total, part * partSums() + at, total, at, length);
        }
        for (int lane = 0; lane < Math.min(lanes, channels - register * lanes); lane++) {
            for (int row = firstRow; row < endRow; row++) {
                int first = weightAt + firstPlace(register * lanes + lane, row);
                for (int tap = 0; tap < taps; tap++) {
                    int place = ofInput ? first - tap : first + tap;
                    float before = accumulate ? gradient[place] : 0f;
                    gradient[place] = before + total[register * registerSums + row * rowSums + tap * lanes + lane];
                }
            }
        }
    }

    /** Which of the weights the first tap of a window's row is, for a channel in registers; the taps of {@link Gather#readers} go backwards. */
    private int firstPlace(int channel, int row) {
        if (!ofInput) {
            return (channel * rows.length + row) * taps;
        }
        int windowRows = rows.length / planeChannels;
        int kernel = row / windowRows * channels + channel;
        return (kernel * windowRows + windowRows - 1 - row % windowRows) * taps + taps - 1;
    }
}
