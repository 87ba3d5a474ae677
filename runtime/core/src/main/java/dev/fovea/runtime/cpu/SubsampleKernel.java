package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.ops.Subsample;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.Stencil;

/**
 * {@link Subsample}: sums of windows that do not overlap, times a coefficient, plus a bias. In backward a tile is a channel,
 * so that its two parameters are summed over the batch in a fixed order.
 *
 * <p>Floor for N floats in and M out: forward reads N and writes M; backward reads N and M and writes N.
 */
final class SubsampleKernel implements Kernel {
    private final Simd simd;
    private final Region x;
    private final Region y;
    private final Region weight;
    private final Region bias;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final GradientRegion dWeight;
    private final GradientRegion dBias;
    private final Activation activation;
    private final Stencil stencil;
    private final Window.Axis rows;
    private final Window.Axis columns;
    private final int area;
    private final int outputArea;
    private final Scratch scratch;
    private final Workers workers;
    private final int channels;
    private final Elementwise forward;
    private final Tiles backward = this::backward;
    private int batch;

    SubsampleKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        workers = cpu.workers();
        x = binding.input().value();
        y = binding.output().value();
        ParameterOperand weights = binding.parameters().get(0);
        ParameterOperand biases = binding.parameters().get(1);
        weight = weights.value();
        bias = biases.value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        dWeight = GradientRegion.of(weights);
        dBias = GradientRegion.of(biases);
        activation = cpu.activation(binding);
        Shape input = binding.input().shape();
        Window window = ((Subsample) binding.op()).window(input);
        rows = window.rows();
        columns = window.columns();
        channels = input.channels();
        area = input.area();
        outputArea = binding.output().shape().area();
        stencil = new Stencil(input.width(), 1, rows.kernel(), columns.kernel(), columns.stride());
        scratch = cpu.scratch(Math.max(columns.output(), columns.input()));
        forward = Elementwise.channels(workers, channels, area, this::forward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted()) {
            batch = run.batch();
            workers.run(channels, backward);
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] out = CpuMemory.values(y);
        for (int channel = from; channel < from + length; channel++) {
            int to = (int) y.at(sample) + channel * outputArea;
            for (int i = 0; i < rows.output(); i++) {
                sums(sample, channel, i, out, to + i * columns.output());
            }
            float factor = CpuMemory.values(weight)[(int) weight.offset() + channel];
            float shift = CpuMemory.values(bias)[(int) bias.offset() + channel];
            simd.affine(factor, shift, out, to, out, to, outputArea);
        }
        activation.apply(out, (int) y.at(sample) + from * outputArea, length * outputArea);
    }

    /** The sums of a row of windows. */
    private void sums(int sample, int channel, int i, float[] out, int outAt) {
        int from = (int) x.at(sample) + channel * area + i * rows.stride() * columns.input();
        int taps = rows.kernel() * columns.kernel();
        simd.windows().sum(stencil, taps, CpuMemory.values(x), from, out, outAt, columns.output());
    }

    private void backward(int channel, int worker) {
        float[] source = dy.values();
        float[] work = scratch.of(worker);
        float factor = CpuMemory.values(weight)[(int) weight.offset() + channel];
        float weightSum = 0;
        float biasSum = 0;
        for (int sample = 0; sample < batch; sample++) {
            int sourceAt = dy.at(sample) + channel * outputArea;
            if (dWeight.wanted()) {
                for (int i = 0; i < rows.output(); i++) {
                    sums(sample, channel, i, work, 0);
                    weightSum += simd.dot(work, 0, source, sourceAt + i * columns.output(), columns.output());
                }
            }
            biasSum += simd.sum(source, sourceAt, outputArea);
            if (dx.wanted()) {
                spread(sample, channel, factor, work);
            }
        }
        put(dWeight, channel, weightSum);
        put(dBias, channel, biasSum);
    }

    /** Each window's elements all get its gradient times the coefficient; what no window reads gets 0. */
    private void spread(int sample, int channel, float factor, float[] work) {
        dx.clear(sample, channel * area, area);
        float[] source = dy.values();
        float[] target = dx.values();
        int width = columns.input();
        for (int i = 0; i < rows.output(); i++) {
            int from = dy.at(sample) + channel * outputArea + i * columns.output();
            for (int j = 0; j < columns.output(); j++) {
                float share = factor * source[from + j];
                for (int v = 0; v < columns.kernel(); v++) {
                    work[j * columns.stride() + v] = share;
                }
            }
            int covered = columns.output() * columns.stride();
            int to = dx.at(sample) + channel * area + i * rows.stride() * width;
            for (int u = 0; u < rows.kernel(); u++) {
                simd.add(work, 0, target, to + u * width, covered);
            }
        }
    }

    private static void put(GradientRegion gradient, int channel, float sum) {
        if (gradient.wanted()) {
            int at = gradient.at(0) + channel;
            gradient.values()[at] = gradient.accumulate() ? gradient.values()[at] + sum : sum;
        }
    }
}
