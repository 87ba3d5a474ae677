package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.SimdPlanes;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with few channels in a group, depthwise above all, plane by plane: the channels of a group are prepared once, and each
 * output's plane is one weighted sum of ranges of them, see {@link SimdPlanes#weigh}. It is bound by memory, so all that happens to a band
 * of a plane, the activation included, happens while it is in the first-level cache.
 *
 * <p>Outputs may have <i>phases</i>, as the elements of an input's gradient have where the stride is not 1: those whose row and column
 * are equal modulo the target's steps. Each has its own taps of what is prepared for all.
 */
final class PlaneProduct implements Product {
    private final Cpu cpu;
    private final SimdPlanes simd;
    private final PreparedPlanes planes;
    private final Region input;
    private final int inputArea;
    private final int groups;
    private final int inputs;
    private final int rows;
    private final int outputRows;
    private final int outputColumns;
    private final int rowPhases;
    private final int columnPhases;
    private final int[][] offsets;
    private final int[] weightFirst;
    private final GatherTarget target;
    private final Finish finish;
    private final int rangeAt;
    private final int rangeStride;
    private final int bandAt;
    private final Scratch scratch;
    private final int together;
    private final Tiles tiles = this::tile;

    private float[] weight = {};
    private int weightAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int units;

    /**
     * A product to be run. Its weight is that of each phase in turn: for each group a row for each output channel, of the taps of each
     * input channel.
     *
     * @param gather what is read; its outputs are those of the first phase
     * @param phases the taps of each phase, row by row
     * @param rows output channels in each group
     * @param target all elements of a tensor, with the phases' steps
     */
    PlaneProduct(
            Cpu cpu,
            Gather gather,
            int[][] phases,
            Region input,
            Shape inputShape,
            int groups,
            int rows,
            GatherTarget target,
            Finish finish) {
        this.cpu = cpu;
        this.simd = cpu.simd().planes();
        this.input = input;
        this.inputArea = inputShape.area();
        this.groups = groups;
        this.inputs = inputShape.channels() / groups;
        this.rows = rows;
        this.target = target;
        this.finish = finish;
        outputRows = gather.rows().outputs();
        outputColumns = gather.columns().outputs();
        rowPhases = Math.min(target.rowStep(), target.planeHeight());
        columnPhases = Math.min(target.columnStep(), target.planeWidth());
        planes = new PreparedPlanes(gather, cpu.simd(), inputShape.width(), inputs, columnPhases);
        offsets = new int[phases.length][];
        weightFirst = new int[phases.length];
        int first = 0;
        for (int phase = 0; phase < phases.length; phase++) {
            int[] taps = phases[phase];
            offsets[phase] = new int[inputs * taps.length];
            for (int i = 0; i < offsets[phase].length; i++) {
                offsets[phase][i] = planes.offset(i / taps.length, taps[i % taps.length]);
            }
            weightFirst[phase] = first;
            first += groups * rows * offsets[phase].length;
        }
        rangeAt = planes.floats();
        rangeStride = planes.length(planes.bandRows());
        bandAt = rangeAt + columnPhases * rangeStride;
        int band = target.accumulate() ? planes.bandRows() * target.rowStep() * target.planeWidth() : 0;
        scratch = cpu.scratch((long) bandAt + band);
        together = PlaneWindows.together((long) planes.bandRows() * outputColumns * first / groups);
    }

    /** All taps of a gather, for outputs of one phase. */
    static int[][] onePhase(Gather gather) {
        int[] taps = new int[gather.taps()];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = tap;
        }
        return new int[][] {taps};
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        weight = weights;
        weightAt = weightsAt;
        bias = biases;
        biasAt = biasesAt;
        units = samples * groups * planes.bands();
        cpu.workers().run((units + together - 1) / together, tiles);
    }

    @Override
    public String algorithm() {
        return "depthwise";
    }

    @Override
    public Finish finish() {
        return finish;
    }

    private void tile(int tile, int worker) {
        float[] work = scratch.of(worker);
        planes.clearEnd(work);
        int end = Math.min(units, (tile + 1) * together);
        for (int unit = tile * together; unit < end; unit++) {
            int group = unit / planes.bands() % groups;
            band(unit / planes.bands() / groups, group, unit % planes.bands() * planes.bandRows(), work);
        }
    }

    private void band(int sample, int group, int firstRow, float[] work) {
        int count = Math.min(planes.bandRows(), outputRows - firstRow);
        float[] source = CpuMemory.values(input);
        int from = (int) input.at(sample) + group * inputs * inputArea;
        for (int channel = 0; channel < inputs; channel++) {
            planes.fill(source, from + channel * inputArea, firstRow, count, channel, work);
        }
        int width = target.planeWidth();
        int begin = firstRow * target.rowStep() * width;
        int end = Math.min((firstRow + count) * target.rowStep(), target.planeHeight()) * width;
        float[] output = CpuMemory.values(target.region());
        for (int row = 0; row < rows; row++) {
            int channel = group * rows + row;
            int to = channel * target.planeArea() + begin;
            int at = (int) target.region().at(sample) + to;
            if (target.accumulate()) {
                compute(channel, firstRow, count, work, work, bandAt);
                cpu.simd().add(work, bandAt, output, at, end - begin);
                continue;
            }
            compute(channel, firstRow, count, work, output, at);
            Region residual = finish.residual();
            if (residual != null) {
                int residualAt = (int) residual.at(sample) + to;
                cpu.simd().add(CpuMemory.values(residual), residualAt, output, at, end - begin);
            }
            finish.activation().apply(output, at, end - begin);
        }
    }

    /** Computes rows of a channel, the first of them to go to {@code at}. */
    private void compute(int channel, int firstRow, int count, float[] work, float[] output, int at) {
        float first = bias == null ? 0 : bias[biasAt + channel];
        int length = planes.length(count);
        for (int phase = 0; phase < rowPhases; phase++) {
            for (int column = 0; column < columnPhases; column++) {
                int index = phase * columnPhases + column;
                int from = weightAt + weightFirst[index] + channel * offsets[index].length;
                int to = rangeAt + column * rangeStride;
                simd.weigh(weight, from, first, offsets[index], work, 0, work, to, length);
            }
            int left = target.planeHeight() - firstRow * target.rowStep() - phase;
            int stored = Math.min(count, (left + target.rowStep() - 1) / target.rowStep());
            store(work, output, at + phase * target.planeWidth(), stored);
        }
    }

    /** Brings the rows of one phase together. */
    private void store(float[] work, float[] output, int at, int count) {
        int width = target.planeWidth();
        int step = target.rowStep() * width;
        int pitch = planes.pitch();
        int done = 0;
        if (target.columnStep() == 1) {
            simd.copyRows(work, rangeAt, pitch, output, at, step, count, width);
            done = width;
        } else if (target.columnStep() == 2) {
            simd.joinRows(work, rangeAt, rangeAt + rangeStride, pitch, output, at, step, count, width / 2);
            done = width / 2 * 2;
        }
        for (int row = 0; row < count; row++) {
            for (int column = done; column < width; column++) {
                output[at + row * step + column] = work[
                        rangeAt
                                + column % target.columnStep() * rangeStride
                                + row * pitch
                                + column / target.columnStep()];
            }
        }
    }
}
