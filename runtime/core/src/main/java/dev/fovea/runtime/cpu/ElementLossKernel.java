package dev.fovea.runtime.cpu;

import dev.fovea.ops.KlDivergence;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * The losses that add up what each element contributes: their mean over the elements of a sample or, for a divergence of
 * distributions, their sum. Either input may have a gradient; a penalty has one input, and 0 for a target.
 *
 * <p>Floor for N floats each: forward reads 2·N, backward reads 2·N and writes N for each gradient.
 */
final class ElementLossKernel implements Kernel {
    private final Simd simd;
    private final ElementLoss function;
    private final int size;
    private final double share;
    private final boolean hasTarget;
    private final Region prediction;
    private final Region target;
    private final Region loss;
    private final GradientRegion predictionGradient;
    private final GradientRegion targetGradient;
    private final GradientRegion lossGradient;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    ElementLossKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        function = ElementLoss.of(binding.op());
        size = Math.toIntExact(binding.input().shape().size());
        share = binding.op() instanceof KlDivergence ? 1 : 1.0 / size;
        hasTarget = binding.inputs().size() > 1;
        prediction = binding.input().value();
        predictionGradient = GradientRegion.of(binding.input());
        target = binding.inputs().get(hasTarget ? 1 : 0).value();
        targetGradient =
                hasTarget ? GradientRegion.of(binding.inputs().get(1)) : new GradientRegion(prediction, false, false);
        loss = binding.output().value();
        lossGradient = GradientRegion.of(binding.output());
        scratch = cpu.scratch(Elementwise.TILE);
        forward = new Elementwise(cpu.workers(), 1, size, 1, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (lossGradient.wanted() && (predictionGradient.wanted() || targetGradient.wanted())) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int one, int length, int worker) {
        float[] p = CpuMemory.values(prediction);
        int pAt = (int) prediction.at(sample);
        float[] t = CpuMemory.values(target);
        int tAt = (int) target.at(sample);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += function.value(p[pAt + i], hasTarget ? t[tAt + i] : 0);
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (sum * share);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] p = CpuMemory.values(prediction);
        int pAt = (int) prediction.at(sample) + from;
        float[] t = CpuMemory.values(target);
        int tAt = (int) target.at(sample) + from;
        float[] slopes = scratch.of(worker);
        double upstream = share * lossGradient.values()[lossGradient.at(sample)];
        if (predictionGradient.wanted()) {
            for (int i = 0; i < length; i++) {
                slopes[i] = (float) (upstream * function.slope(p[pAt + i], hasTarget ? t[tAt + i] : 0));
            }
            predictionGradient.receive(simd, sample, from, slopes, 0, length);
        }
        if (targetGradient.wanted()) {
            for (int i = 0; i < length; i++) {
                slopes[i] = (float) (upstream * function.targetSlope(p[pAt + i], t[tAt + i]));
            }
            targetGradient.receive(simd, sample, from, slopes, 0, length);
        }
    }
}
