package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.Arrays;

/**
 * The gradient of the weight beside {@link PlaneProduct}. Each weight is one long sum of products of the output's gradient with a shifted
 * view of the prepared planes; the gradient's rows are brought to the same distance, with zeros between them, so that a band is one range.
 * Nothing is spread out by taps, and the sums of nine taps stay in registers over a whole band.
 *
 * <p>A tile is a group and sums over the whole batch in a fixed order, so the bits do not depend on the threads.
 */
final class PlaneWeightGradient implements WeightSums {
    private final Cpu cpu;
    private final SimdPlanes simd;
    private final PreparedPlanes planes;
    private final Region input;
    private final int inputArea;
    private final Region outputGradient;
    private final int outputRows;
    private final int outputColumns;
    private final int groups;
    private final int inputs;
    private final int outputs;
    private final int taps;
    private final int[] offsets;
    private final int gradientAt;
    private final int gradientFloats;
    private final int sumsAt;
    private final int sumsStride;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private int batch;
    private Gradient target;

    /**
     * A gradient to be computed.
     *
     * @param input what the forward gather reads
     * @param outputShape of the gradient {@code outputGradient}
     * @param target where the weight's gradient goes
     */
    PlaneWeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int groups,
            Region outputGradient,
            Shape outputShape,
            Gradient target) {
        this.cpu = cpu;
        this.simd = cpu.simd().planes();
        this.input = input;
        this.inputArea = inputShape.area();
        this.outputGradient = outputGradient;
        this.outputRows = outputShape.height();
        this.outputColumns = outputShape.width();
        this.groups = groups;
        this.inputs = inputShape.channels() / groups;
        this.outputs = outputShape.channels() / groups;
        this.target = target;
        planes = new PreparedPlanes(gather, cpu.simd(), inputShape.width(), inputs, 1);
        taps = gather.taps();
        offsets = new int[(taps + SimdPlanes.TAPS - 1) / SimdPlanes.TAPS * SimdPlanes.TAPS];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = planes.offset(0, Math.min(i, taps - 1));
        }
        gradientAt = planes.floats();
        gradientFloats = planes.bandRows() * planes.pitch() + cpu.simd().lanes();
        sumsAt = gradientAt + gradientFloats;
        sumsStride = offsets.length * cpu.simd().lanes();
        scratch = cpu.scratch((long) sumsAt + (long) inputs * outputs * sumsStride);
    }

    @Override
    public String algorithm() {
        return "depthwise";
    }

    @Override
    public void run(int samples, Gradient weight) {
        batch = samples;
        target = weight;
        cpu.workers().run(groups, tiles);
    }

    private void tile(int group, int worker) {
        float[] work = scratch.of(worker);
        planes.clearEnd(work);
        Arrays.fill(work, gradientAt, sumsAt + inputs * outputs * sumsStride, 0f);
        for (int sample = 0; sample < batch; sample++) {
            for (int firstRow = 0; firstRow < outputRows; firstRow += planes.bandRows()) {
                band(sample, group, firstRow, work);
            }
        }
        store(group, work);
    }

    private void band(int sample, int group, int firstRow, float[] work) {
        int count = Math.min(planes.bandRows(), outputRows - firstRow);
        float[] source = CpuMemory.values(input);
        int from = (int) input.at(sample) + group * inputs * inputArea;
        for (int channel = 0; channel < inputs; channel++) {
            planes.fill(source, from + channel * inputArea, firstRow, count, channel, work);
        }
        int length = planes.length(count);
        for (int output = 0; output < outputs; output++) {
            bringGradient(sample, group * outputs + output, firstRow, count, work);
            for (int channel = 0; channel < inputs; channel++) {
                int at = channel * planes.channelStride();
                int to = sumsAt + (output * inputs + channel) * sumsStride;
                simd.correlate(work, gradientAt, work, at, offsets, work, to, length);
            }
        }
    }

    /** What lies between the rows stays zero; behind the last there may be rows of the band before. */
    private void bringGradient(int sample, int channel, int firstRow, int count, float[] work) {
        float[] source = CpuMemory.values(outputGradient);
        int from = (int) outputGradient.at(sample) + (channel * outputRows + firstRow) * outputColumns;
        int pitch = planes.pitch();
        simd.copyRows(source, from, outputColumns, work, gradientAt, pitch, count, outputColumns);
        int end = gradientAt + (count - 1) * pitch + outputColumns;
        Arrays.fill(work, end, gradientAt + planes.length(count), 0f);
    }

    private void store(int group, float[] work) {
        float[] values = CpuMemory.values(target.region());
        int lanes = cpu.simd().lanes();
        int to = (int) target.region().offset() + group * outputs * inputs * taps;
        for (int pair = 0; pair < outputs * inputs; pair++) {
            for (int tap = 0; tap < taps; tap++) {
                int from = sumsAt + pair * sumsStride + tap * lanes;
                float sum = target.accumulate() ? values[to] : 0;
                for (int lane = 0; lane < lanes; lane++) {
                    sum += work[from + lane];
                }
                values[to++] = sum;
            }
        }
    }
}
