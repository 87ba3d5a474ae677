package dev.fovea.runtime.cpu;

import dev.fovea.ops.Hinge;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * The multi-class hinge loss. A label that is no class makes the loss NaN.
 *
 * <p>Floor for N scores: forward reads N, backward reads N and writes N.
 */
final class HingeKernel implements Kernel {
    private final double margin;
    private final int classes;
    private final Region scores;
    private final ClassLabels labels;
    private final Region loss;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;

    HingeKernel(Binding binding, Cpu cpu) {
        margin = ((Hinge) binding.op()).margin();
        classes = Math.toIntExact(binding.input().shape().size());
        scores = binding.input().value();
        labels = new ClassLabels(binding.inputs().get(1).value(), classes);
        loss = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        forward = new Elementwise(cpu.workers(), 1, classes, 1, this::forward);
        backward = new Elementwise(cpu.workers(), 1, classes, 1, this::backward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int one, int length, int worker) {
        int label = labels.at(sample, 0);
        double sum = label < 0 ? Double.NaN : 0;
        for (int c = 0; c < classes && label >= 0; c++) {
            sum += c == label ? 0 : Math.max(0, shortfall(sample, label, c));
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (sum / classes);
    }

    private void backward(int sample, int one, int length, int worker) {
        dx.clear(sample, 0, classes);
        int label = labels.at(sample, 0);
        float gradient = dy.values()[dy.at(sample)] / classes;
        float[] target = dx.values();
        int at = dx.at(sample);
        int violations = 0;
        for (int c = 0; c < classes && label >= 0; c++) {
            if (c != label && shortfall(sample, label, c) > 0) {
                target[at + c] += gradient;
                violations++;
            }
        }
        if (label >= 0) {
            target[at + label] -= violations * gradient;
        }
    }

    /** By how much the right score fails to exceed another by the margin. */
    private double shortfall(int sample, int label, int other) {
        float[] in = CpuMemory.values(scores);
        int at = (int) scores.at(sample);
        return margin - in[at + label] + in[at + other];
    }
}
