package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * The mean squared difference of a sample's prediction and target. Either may have a gradient: an auto-encoder's target
 * is its input.
 *
 * <p>Floor for N floats each: forward reads 2·N, backward reads 2·N and writes N for each gradient.
 */
final class MseKernel implements Kernel {
    private final Simd simd;
    private final int size;
    private final Region prediction;
    private final Region target;
    private final Region loss;
    private final GradientRegion predictionGradient;
    private final GradientRegion targetGradient;
    private final GradientRegion lossGradient;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    MseKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        size = Math.toIntExact(binding.input().shape().size());
        prediction = binding.inputs().get(0).value();
        target = binding.inputs().get(1).value();
        loss = binding.output().value();
        predictionGradient = GradientRegion.of(binding.inputs().get(0));
        targetGradient = GradientRegion.of(binding.inputs().get(1));
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
        for (int at = 0; at < size; at += Elementwise.TILE) {
            int count = Math.min(Elementwise.TILE, size - at);
            sum += simd.functions().squaredDistance(p, pAt + at, t, tAt + at, count);
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (sum / size);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] difference = scratch.of(worker);
        simd.functions()
                .subtract(
                        CpuMemory.values(prediction),
                        (int) prediction.at(sample) + from,
                        CpuMemory.values(target),
                        (int) target.at(sample) + from,
                        difference,
                        0,
                        length);
        simd.scale(2 * lossGradient.values()[lossGradient.at(sample)] / size, difference, 0, length);
        if (predictionGradient.wanted()) {
            predictionGradient.receive(simd, sample, from, difference, 0, length);
        }
        if (targetGradient.wanted()) {
            simd.scale(-1, difference, 0, length);
            targetGradient.receive(simd, sample, from, difference, 0, length);
        }
    }
}
