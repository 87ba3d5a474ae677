package dev.fovea.runtime.cpu;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Softmax cross entropy of logits and class indices, at one position or at each of an image, their mean. With q the
 * smoothed target,
 *
 * <pre>y = log Σ exp(x) − Σ_c q[c]·x[c],  dx = (softmax(x) − q)·dy / positions</pre>
 *
 * with the largest logit subtracted first. A label that is no class makes the loss NaN: data are checked where they are
 * read, and a loss that is NaN stops the run.
 *
 * <p>Floor for N logits: forward reads N, backward reads N and writes N.
 */
final class CrossEntropyKernel implements Kernel {
    private static final int LONGEST = 512;

    private final Simd simd;
    private final float smoothing;
    private final int classes;
    private final int positions;
    private final int longest;
    private final Region logits;
    private final ClassLabels labels;
    private final Region loss;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    CrossEntropyKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        smoothing = ((CrossEntropy) binding.op()).labelSmoothing();
        classes = binding.input().shape().channels();
        positions = binding.input().shape().area();
        longest = Math.min(LONGEST, positions);
        logits = binding.inputs().get(0).value();
        labels = new ClassLabels(binding.inputs().get(1).value(), classes);
        loss = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch(positions == 1 ? classes : 4L * longest);
        int weight = Math.toIntExact(binding.input().shape().size());
        forward = new Elementwise(
                cpu.workers(), 1, weight, 1, positions == 1 ? this::forwardVector : this::forwardPositions);
        backward = new Elementwise(
                cpu.workers(), 1, weight, 1, positions == 1 ? this::backwardVector : this::backwardPositions);
    }

    /** The kernel for an operator with or without class weights. */
    static Kernel of(Binding binding, Cpu cpu) {
        return ((CrossEntropy) binding.op()).classWeights().isEmpty()
                ? new CrossEntropyKernel(binding, cpu)
                : new WeightedCrossEntropyKernel(binding, cpu);
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

    private void forwardVector(int sample, int one, int length, int worker) {
        float[] in = CpuMemory.values(logits);
        int inAt = (int) logits.at(sample);
        float[] powers = scratch.of(worker);
        float largest = simd.largest(in, inAt, classes);
        simd.functions().exp(largest, in, inAt, powers, 0, classes);
        double logOfSum = Math.log(simd.sum(powers, 0, classes));
        int label = labels.at(sample, 0);
        double value = Double.NaN;
        if (label >= 0) {
            double expected = (1 - smoothing) * ((double) in[inAt + label] - largest);
            if (smoothing > 0) {
                // Centred sum: Σ (x − largest).
                simd.affine(1, -largest, in, inAt, powers, 0, classes);
                expected += smoothing / classes * simd.sum(powers, 0, classes);
            }
            value = logOfSum - expected;
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) value;
    }

    private void backwardVector(int sample, int one, int length, int worker) {
        float[] in = CpuMemory.values(logits);
        int inAt = (int) logits.at(sample);
        float[] result = scratch.of(worker);
        float gradient = dy.values()[dy.at(sample)];
        float largest = simd.largest(in, inAt, classes);
        simd.functions().exp(largest, in, inAt, result, 0, classes);
        float scale = 1 / simd.sum(result, 0, classes);
        simd.affine(gradient * scale, -gradient * smoothing / classes, result, 0, result, 0, classes);
        int label = labels.at(sample, 0);
        if (label >= 0) {
            result[label] -= (1 - smoothing) * gradient;
        }
        dx.receive(simd, sample, 0, result, 0, classes);
    }

    private void forwardPositions(int sample, int one, int length, int worker) {
        float[] in = CpuMemory.values(logits);
        float[] rows = scratch.of(worker);
        int largest = 0;
        int sums = longest;
        int totals = 3 * longest;
        double value = 0;
        for (int from = 0; from < positions; from += longest) {
            int count = Math.min(longest, positions - from);
            int inAt = (int) logits.at(sample) + from;
            sumPowers(inAt, count, rows);
            if (smoothing > 0) {
                Arrays.fill(rows, totals, totals + count, 0);
                for (int c = 0; c < classes; c++) {
                    int difference = 2 * longest;
                    simd.functions().subtract(in, inAt + c * positions, rows, largest, rows, difference, count);
                    simd.add(rows, difference, rows, totals, count);
                }
            }
            for (int i = 0; i < count; i++) {
                int label = labels.at(sample, from + i);
                double expected = label < 0
                        ? Double.NaN
                        : (1 - smoothing) * ((double) in[inAt + label * positions + i] - rows[largest + i]);
                if (smoothing > 0) {
                    expected += smoothing / classes * rows[totals + i];
                }
                value += Math.log(rows[sums + i]) - expected;
            }
        }
        CpuMemory.values(loss)[(int) loss.at(sample)] = (float) (value / positions);
    }

    private void backwardPositions(int sample, int one, int length, int worker) {
        float[] in = CpuMemory.values(logits);
        float[] rows = scratch.of(worker);
        int largest = 0;
        int sums = longest;
        int result = 2 * longest;
        float gradient = dy.values()[dy.at(sample)] / positions;
        for (int from = 0; from < positions; from += longest) {
            int count = Math.min(longest, positions - from);
            int inAt = (int) logits.at(sample) + from;
            sumPowers(inAt, count, rows);
            simd.functions().inversePower(1, rows, sums, rows, sums, count);
            for (int c = 0; c < classes; c++) {
                simd.functions().subtract(in, inAt + c * positions, rows, largest, rows, result, count);
                simd.functions().exp(0, rows, result, rows, result, count);
                simd.multiply(rows, result, rows, sums, rows, result, count);
                simd.affine(gradient, -gradient * smoothing / classes, rows, result, rows, result, count);
                dx.receive(simd, sample, from + c * positions, rows, result, count);
            }
            for (int i = 0; i < count; i++) {
                int label = labels.at(sample, from + i);
                if (label >= 0) {
                    dx.values()[dx.at(sample) + label * positions + from + i] -= (1 - smoothing) * gradient;
                }
            }
        }
    }

    /** For a range of positions the largest logit (first row) and the sum of the powers relative to it (second row). */
    private void sumPowers(int inAt, int count, float[] rows) {
        float[] in = CpuMemory.values(logits);
        int largest = 0;
        int sums = longest;
        int power = 2 * longest;
        System.arraycopy(in, inAt, rows, largest, count);
        for (int c = 1; c < classes; c++) {
            simd.max(in, inAt + c * positions, rows, largest, count);
        }
        Arrays.fill(rows, sums, sums + count, 0);
        for (int c = 0; c < classes; c++) {
            simd.functions().subtract(in, inAt + c * positions, rows, largest, rows, power, count);
            simd.functions().exp(0, rows, power, rows, power, count);
            simd.add(rows, power, rows, sums, count);
        }
    }
}
