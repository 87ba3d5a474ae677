package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * The negative log-likelihood of classes, at one position or at each of an image, their mean. A label that is no class
 * makes the loss NaN.
 *
 * <p>Floor for N log-probabilities: forward reads one a position, backward writes N.
 */
final class NllKernel implements Kernel {
    private final int positions;
    private final int size;
    private final Region logarithms;
    private final ClassLabels labels;
    private final Region loss;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;

    NllKernel(Binding binding, Cpu cpu) {
        int classes = binding.input().shape().channels();
        positions = binding.input().shape().area();
        size = Math.toIntExact(binding.input().shape().size());
        logarithms = binding.input().value();
        labels = new ClassLabels(binding.inputs().get(1).value(), classes);
        loss = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        forward = new Elementwise(cpu.workers(), 1, positions, 1, this::forward);
        backward = new Elementwise(cpu.workers(), 1, size, 1, this::backward);
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
        float[] in = CpuMemory.values(logarithms);
        int at = (int) logarithms.at(sample);
        double sum = 0;
        for (int position = 0; position < positions; position++) {
            int label = labels.at(sample, position);
            sum -= label < 0 ? Double.NaN : in[at + label * positions + position];
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (sum / positions);
    }

    private void backward(int sample, int one, int length, int worker) {
        dx.clear(sample, 0, size);
        float gradient = dy.values()[dy.at(sample)] / positions;
        for (int position = 0; position < positions; position++) {
            int label = labels.at(sample, position);
            if (label >= 0) {
                dx.values()[dx.at(sample) + label * positions + position] -= gradient;
            }
        }
    }
}
