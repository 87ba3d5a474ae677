package dev.fovea.runtime.cpu;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * {@link CrossEntropyKernel} with a weight w for each class, in {@code double}:
 *
 * <pre>y = Σ_c w[c]·q[c]·(log Σ exp(x) − x[c]),  dx[c] = (softmax(x)[c]·Σ w·q − w[c]·q[c])·dy / positions</pre>
 */
final class WeightedCrossEntropyKernel implements Kernel {
    private final float[] weights;
    private final double smoothing;
    private final double allWeights;
    private final int classes;
    private final int positions;
    private final Region logits;
    private final ClassLabels labels;
    private final Region loss;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;

    WeightedCrossEntropyKernel(Binding binding, Cpu cpu) {
        CrossEntropy op = (CrossEntropy) binding.op();
        smoothing = op.labelSmoothing();
        classes = binding.input().shape().channels();
        positions = binding.input().shape().area();
        weights = new float[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            weights[c] = op.classWeights().get(c);
            sum += weights[c];
        }
        allWeights = sum;
        logits = binding.input().value();
        labels = new ClassLabels(binding.inputs().get(1).value(), classes);
        loss = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        int weight = Math.toIntExact(binding.input().shape().size());
        forward = new Elementwise(cpu.workers(), 1, weight, 1, this::forward);
        backward = new Elementwise(cpu.workers(), 1, weight, 1, this::backward);
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
        double sum = 0;
        for (int position = 0; position < positions; position++) {
            int label = labels.at(sample, position);
            double logarithm = logarithmOfSum(sample, position);
            sum += label < 0 ? Double.NaN : 0;
            for (int c = 0; c < classes; c++) {
                sum += wanted(c, label) * (logarithm - logit(sample, position, c));
            }
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (sum / positions);
    }

    private void backward(int sample, int one, int length, int worker) {
        double gradient = (double) dy.values()[dy.at(sample)] / positions;
        float[] target = dx.values();
        for (int position = 0; position < positions; position++) {
            int label = labels.at(sample, position);
            double logarithm = logarithmOfSum(sample, position);
            double all = smoothing / classes * allWeights + (label < 0 ? 0 : (1 - smoothing) * weights[label]);
            for (int c = 0; c < classes; c++) {
                double probability = Math.exp(logit(sample, position, c) - logarithm);
                int at = dx.at(sample) + c * positions + position;
                float slope = (float) (gradient * (probability * all - wanted(c, label)));
                target[at] = dx.accumulate() ? target[at] + slope : slope;
            }
        }
    }

    /** w[c]·q[c]. */
    private double wanted(int c, int label) {
        return weights[c] * (smoothing / classes + (c == label ? 1 - smoothing : 0));
    }

    private double logit(int sample, int position, int c) {
        return CpuMemory.values(logits)[(int) logits.at(sample) + c * positions + position];
    }

    private double logarithmOfSum(int sample, int position) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, logit(sample, position, c));
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logit(sample, position, c) - largest);
        }
        return largest + Math.log(sum);
    }
}
