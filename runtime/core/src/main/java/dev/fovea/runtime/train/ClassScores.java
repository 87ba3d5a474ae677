package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A mean over classes, worked out from a confusion matrix. */
record ClassScores(ToDoubleFunction<ConfusionMatrix> score) implements MetricRule {
    /** There is nothing to be added up beside the counts. */
    @Override
    public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
        return 0;
    }

    @Override
    public double value(double mean, Optional<ConfusionMatrix> counted) {
        return counted.map(score::applyAsDouble).orElse(Double.NaN);
    }

    @Override
    public boolean readsCounts() {
        return true;
    }

    /** Counts samples into a matrix: each is taken for the class of its largest logit, of equal ones the first; NaN is never right. */
    static void count(float[] predictions, Shape shape, float[] targets, int samples, ConfusionMatrix into) {
        int classes = shape.channels();
        int positions = Math.toIntExact(shape.size() / classes);
        for (int i = 0; i < samples * positions; i++) {
            int first = i / positions * classes * positions + i % positions;
            int largest = 0;
            boolean isNumber = true;
            for (int c = 0; c < classes; c++) {
                float logit = predictions[first + c * positions];
                isNumber &= !Float.isNaN(logit);
                largest = logit > predictions[first + largest * positions] ? c : largest;
            }
            into.add((int) targets[i], isNumber ? largest : -1);
        }
    }
}
