package dev.fovea.runtime.cpu;

import dev.fovea.ops.LayerNorm;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * Normalisation over the channels (Ba, Kiros and Hinton 2016): the parameters and what is saved. How the channels of a
 * position lie decides the loops: {@link LayerNormPlanes}, {@link LayerNormVectors}.
 *
 * <p>With r = 1/√(var + eps), x̂ = (x − mean)·r and g = weight·dy, backward is
 *
 * <pre>dx = r·(g − Σg/C − x̂·Σ(g·x̂)/C), dweight = Σ dy·x̂, dbias = Σ dy</pre>
 *
 * with the first two sums over the channels of a position, the others over all positions, sample by sample.
 *
 * <p>Floor for N floats: forward reads N and writes N; backward reads 4·N and writes N: the parameters' gradients go
 * across the positions, so they take a sweep of their own.
 */
abstract class LayerNormKernel implements Kernel {
    final Simd simd;
    final Activation activation;
    final Region x;
    final Region y;
    final GradientRegion dx;
    final GradientRegion dy;
    final int channels;
    final int area;
    final float eps;
    private final Region weight;
    private final Region bias;
    private final GradientRegion weightGradient;
    private final GradientRegion biasGradient;
    private final boolean saves;
    private final Region saved;

    LayerNormKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        activation = cpu.activation(binding);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        channels = binding.output().shape().channels();
        area = binding.output().shape().area();
        eps = ((LayerNorm) binding.op()).eps();
        weight = binding.parameters().get(0).value();
        bias = binding.parameters().get(1).value();
        weightGradient = GradientRegion.of(binding.parameters().get(0));
        biasGradient = GradientRegion.of(binding.parameters().get(1));
        saves = binding.saved().isPresent();
        saved = binding.saved().orElse(y);
    }

    static Kernel of(Binding binding, Cpu cpu) {
        return binding.output().shape().area() == 1
                ? new LayerNormVectors(binding, cpu)
                : new LayerNormPlanes(binding, cpu);
    }

    abstract void normalize(int samples);

    abstract void inputGradient(int samples);

    abstract void parameterGradients(int samples);

    @Override
    public void forward(Run run) {
        normalize(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (!dy.wanted()) {
            return;
        }
        if (dx.wanted()) {
            inputGradient(run.batch());
        }
        if (weightGradient.wanted()) {
            parameterGradients(run.batch());
        }
    }

    final boolean saves() {
        return saves;
    }

    final float[] savedValues() {
        return CpuMemory.values(saved);
    }

    /** Where the means of a sample's positions are saved. */
    final int meansAt(int sample) {
        return (int) saved.at(sample);
    }

    /** Where the inverse deviations are. */
    final int scalesAt(int sample) {
        return meansAt(sample) + area;
    }

    final float[] weights() {
        return CpuMemory.values(weight);
    }

    final int weightAt(int channel) {
        return (int) weight.offset() + channel;
    }

    final float[] biases() {
        return CpuMemory.values(bias);
    }

    final int biasAt(int channel) {
        return (int) bias.offset() + channel;
    }

    final GradientRegion weightGradient() {
        return weightGradient;
    }

    final GradientRegion biasGradient() {
        return biasGradient;
    }
}
