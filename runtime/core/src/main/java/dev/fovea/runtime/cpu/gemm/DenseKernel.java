package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Dense;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dense}: for a batch, three products of matrices of which the weight is by far the largest.
 *
 * <p>Each weight is read once forward, once for the input's gradient, and its gradient is written once: 12 bytes a weight
 * and step are the floor, and what the large layers of AlexNet and VGG cost. So the loop over the batch is inside the loop
 * over the weight's rows; a row stays in cache meanwhile.
 */
public final class DenseKernel implements Kernel {
    /** Rows of the weight a tile works on. */
    private static final int ROWS = 8;
    /** Columns of the weight, and samples, a tile of the input's gradient works on. */
    private static final int COLUMNS = 512;

    private static final int SAMPLES = 16;

    private final Cpu cpu;
    private final Simd simd;
    private final int inputs;
    private final int units;
    private final Region x;
    private final Region y;
    private final Region weight;
    private final @Nullable Region bias;
    private final @Nullable Gradient dx;
    private final @Nullable Region dy;
    private final @Nullable Gradient weightGradient;
    private final @Nullable Gradient biasGradient;
    private final Activation activation;
    private final Tiles forward = this::forward;
    private final Tiles inputTiles = this::inputGradient;
    private final Tiles weightTiles = this::weightGradient;
    private int batch;

    /** The kernel of a bound {@link Dense}. */
    public DenseKernel(Binding binding, Cpu cpu) {
        this.cpu = cpu;
        simd = cpu.simd();
        inputs = binding.input().shape().extent(0);
        units = binding.output().shape().extent(0);
        x = binding.input().value();
        y = binding.output().value();
        boolean hasBias = ((Dense) binding.op()).bias();
        weight = binding.parameters().get(0).value();
        bias = hasBias ? binding.parameters().get(1).value() : null;
        dx = binding.input().gradient();
        Gradient output = binding.output().gradient();
        dy = output == null ? null : output.region();
        weightGradient = binding.parameters().get(0).gradient();
        biasGradient = hasBias ? binding.parameters().get(1).gradient() : null;
        activation = cpu.activation(binding);
    }

    @Override
    public void forward(Run run) {
        batch = run.batch();
        cpu.workers().run(rowTiles(), forward);
    }

    @Override
    public void backward(Run run) {
        batch = run.batch();
        if (dy == null) {
            return;
        }
        if (dx != null) {
            cpu.workers().run(columnTiles() * sampleTiles(), inputTiles);
        }
        if (weightGradient != null) {
            cpu.workers().run(rowTiles(), weightTiles);
        }
    }

    private void forward(int tile, int worker) {
        float[] weights = CpuMemory.values(weight);
        float[] from = CpuMemory.values(x);
        float[] to = CpuMemory.values(y);
        int first = tile * ROWS;
        int end = Math.min(units, first + ROWS);
        for (int unit = first; unit < end; unit++) {
            float start = bias == null ? 0 : CpuMemory.values(bias)[(int) bias.offset() + unit];
            int row = (int) weight.offset() + unit * inputs;
            for (int sample = 0; sample < batch; sample++) {
                to[(int) y.at(sample) + unit] = start + simd.dot(weights, row, from, (int) x.at(sample), inputs);
            }
        }
        for (int sample = 0; sample < batch; sample++) {
            activation.apply(to, (int) y.at(sample) + first, end - first);
        }
    }

    private void inputGradient(int tile, int worker) {
        if (dx == null || dy == null) {
            return;
        }
        float[] weights = CpuMemory.values(weight);
        float[] upstream = CpuMemory.values(dy);
        float[] to = CpuMemory.values(dx.region());
        int column = tile % columnTiles() * COLUMNS;
        int length = Math.min(COLUMNS, inputs - column);
        int first = tile / columnTiles() * SAMPLES;
        int end = Math.min(batch, first + SAMPLES);
        if (!dx.accumulate()) {
            for (int sample = first; sample < end; sample++) {
                int at = (int) dx.region().at(sample) + column;
                Arrays.fill(to, at, at + length, 0);
            }
        }
        for (int unit = 0; unit < units; unit++) {
            int row = (int) weight.offset() + unit * inputs + column;
            for (int sample = first; sample < end; sample++) {
                float scale = upstream[(int) dy.at(sample) + unit];
                simd.addScaled(scale, weights, row, to, (int) dx.region().at(sample) + column, length);
            }
        }
    }

    private void weightGradient(int tile, int worker) {
        if (weightGradient == null || dy == null) {
            return;
        }
        float[] upstream = CpuMemory.values(dy);
        float[] from = CpuMemory.values(x);
        float[] to = CpuMemory.values(weightGradient.region());
        int first = tile * ROWS;
        int end = Math.min(units, first + ROWS);
        for (int unit = first; unit < end; unit++) {
            int row = (int) weightGradient.region().offset() + unit * inputs;
            if (!weightGradient.accumulate()) {
                Arrays.fill(to, row, row + inputs, 0);
            }
            float sum = 0;
            for (int sample = 0; sample < batch; sample++) {
                float scale = upstream[(int) dy.at(sample) + unit];
                simd.addScaled(scale, from, (int) x.at(sample), to, row, inputs);
                sum += scale;
            }
            if (biasGradient != null) {
                float[] biases = CpuMemory.values(biasGradient.region());
                int at = (int) biasGradient.region().offset() + unit;
                biases[at] = biasGradient.accumulate() ? biases[at] + sum : sum;
            }
        }
    }

    private int rowTiles() {
        return (units + ROWS - 1) / ROWS;
    }

    private int columnTiles() {
        return (inputs + COLUMNS - 1) / COLUMNS;
    }

    private int sampleTiles() {
        return (batch + SAMPLES - 1) / SAMPLES;
    }
}
