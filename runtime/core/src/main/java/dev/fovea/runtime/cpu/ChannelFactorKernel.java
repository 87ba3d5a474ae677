package dev.fovea.runtime.cpu;

import dev.fovea.ops.Prelu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * A learned factor for each channel: layer_scale, and prelu, whose factor is that of negative elements. The gradients of the
 * factors are sums over the batch: the sums of the planes are taken side by side, then added up sample by sample.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
abstract class ChannelFactorKernel implements Kernel {
    final Simd simd;
    final Region x;
    final Region y;
    final GradientRegion dx;
    final GradientRegion dy;
    final int area;
    private final Region factor;
    private final GradientRegion factorGradient;
    private final int channels;
    private final boolean shared;
    private final float[] sums;
    private final Elementwise forward;
    private final Elementwise backward;

    private ChannelFactorKernel(Binding binding, Cpu cpu, boolean shared) {
        simd = cpu.simd();
        this.shared = shared;
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        factor = binding.parameters().get(0).value();
        factorGradient = GradientRegion.of(binding.parameters().get(0));
        channels = binding.output().shape().channels();
        area = binding.output().shape().area();
        sums = factorGradient.wanted() ? cpu.workspace((long) channels * binding.capacity()) : new float[0];
        forward = Elementwise.channels(cpu.workers(), channels, area, this::forward);
        backward = Elementwise.channels(cpu.workers(), channels, area, this::backward);
    }

    /** One channel of one sample. */
    abstract void apply(float factor, float[] in, int inAt, float[] out, int outAt);

    /** The gradient of the input. */
    abstract void inputGradient(float factor, float[] in, int inAt, float[] dy, int dyAt, float[] dx, int dxAt);

    /** What one channel of one sample adds to the gradient of its factor. */
    abstract float factorGradient(float[] in, int inAt, float[] dy, int dyAt);

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted() && (dx.wanted() || factorGradient.wanted())) {
            backward.run(run.batch());
            addUp(run.batch());
        }
    }

    private float factor(int channel) {
        return CpuMemory.values(factor)[(int) factor.offset() + (shared ? 0 : channel)];
    }

    private void forward(int sample, int from, int length, int worker) {
        for (int c = from; c < from + length; c++) {
            apply(
                    factor(c),
                    CpuMemory.values(x),
                    (int) x.at(sample) + c * area,
                    CpuMemory.values(y),
                    (int) y.at(sample) + c * area);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        for (int c = from; c < from + length; c++) {
            int inAt = (int) x.at(sample) + c * area;
            int dyAt = dy.at(sample) + c * area;
            if (factorGradient.wanted()) {
                sums[sample * channels + c] = factorGradient(CpuMemory.values(x), inAt, dy.values(), dyAt);
            }
            if (dx.wanted()) {
                inputGradient(
                        factor(c), CpuMemory.values(x), inAt, dy.values(), dyAt, dx.values(), dx.at(sample) + c * area);
            }
        }
    }

    private void addUp(int batch) {
        if (!factorGradient.wanted()) {
            return;
        }
        float[] target = factorGradient.values();
        int at = factorGradient.at(0);
        for (int slot = 0; slot < (shared ? 1 : channels); slot++) {
            double sum = factorGradient.accumulate() ? target[at + slot] : 0;
            for (int sample = 0; sample < batch; sample++) {
                for (int c = slot; c < (shared ? channels : slot + 1); c++) {
                    sum += sums[sample * channels + c];
                }
            }
            target[at + slot] = (float) sum;
        }
    }

    /** {@code y = w·x}. */
    static final class LayerScaling extends ChannelFactorKernel {
        LayerScaling(Binding binding, Cpu cpu) {
            super(binding, cpu, false);
        }

        @Override
        void apply(float factor, float[] in, int inAt, float[] out, int outAt) {
            simd.affine(factor, 0, in, inAt, out, outAt, area);
        }

        @Override
        void inputGradient(float factor, float[] in, int inAt, float[] dy, int dyAt, float[] dx, int dxAt) {
            if (this.dx.accumulate()) {
                simd.addScaled(factor, dy, dyAt, dx, dxAt, area);
            } else {
                simd.affine(factor, 0, dy, dyAt, dx, dxAt, area);
            }
        }

        @Override
        float factorGradient(float[] in, int inAt, float[] dy, int dyAt) {
            return simd.dot(in, inAt, dy, dyAt, area);
        }
    }

    /** {@code y = x} where {@code x > 0}, else {@code w·x}. */
    static final class ParametricRelu extends ChannelFactorKernel {
        ParametricRelu(Binding binding, Cpu cpu) {
            super(binding, cpu, !((Prelu) binding.op()).perChannel());
        }

        @Override
        void apply(float factor, float[] in, int inAt, float[] out, int outAt) {
            simd.functions().leakyRelu(factor, in, inAt, out, outAt, area);
        }

        @Override
        void inputGradient(float factor, float[] in, int inAt, float[] dy, int dyAt, float[] dx, int dxAt) {
            if (this.dx.accumulate()) {
                for (int i = 0; i < area; i++) {
                    dx[dxAt + i] += in[inAt + i] > 0 ? dy[dyAt + i] : factor * dy[dyAt + i];
                }
            } else {
                System.arraycopy(dy, dyAt, dx, dxAt, area);
                simd.functions().leakyReluGradient(factor, in, inAt, dx, dxAt, area);
            }
        }

        @Override
        float factorGradient(float[] in, int inAt, float[] dy, int dyAt) {
            float sum = 0;
            for (int i = 0; i < area; i++) {
                sum += in[inAt + i] > 0 ? 0 : dy[dyAt + i] * in[inAt + i];
            }
            return sum;
        }
    }
}
