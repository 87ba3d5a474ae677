package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import java.util.Optional;

/** The arithmetic of a {@link dev.fovea.ops.recipe.Metric}. */
@FunctionalInterface
interface MetricRule {
    /**
     * The sum of the metric over the positions of some samples.
     *
     * @param predictions sample behind sample, each {@code [n]} or {@code [n, H, W]}
     * @param shape of one prediction
     * @param targets sample behind sample, each {@code [1]} or {@code [H, W]}, or of the prediction's shape
     */
    double sum(float[] predictions, Shape shape, float[] targets, int samples);

    /** The figure to be shown, from the mean of {@link #sum} over positions and samples, or from what was counted. */
    default double value(double mean, Optional<ConfusionMatrix> counted) {
        return mean;
    }

    /** Whether {@link #value} needs the counts. */
    default boolean readsCounts() {
        return false;
    }

    /** Counts positions whose label has one of the k largest logits; of equal logits the first counts as larger, and NaN as largest. */
    record AmongLargest(int k) implements MetricRule {
        @Override
        public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
            int classes = shape.channels();
            int positions = Math.toIntExact(shape.size() / classes);
            long right = 0;
            for (int i = 0; i < samples * positions; i++) {
                int first = i / positions * classes * positions + i % positions;
                int label = (int) targets[i];
                float wanted = predictions[first + label * positions];
                int larger = 0;
                for (int c = 0; c < classes; c++) {
                    float other = predictions[first + c * positions];
                    boolean smaller = c < label ? other < wanted : other <= wanted;
                    larger += smaller || c == label ? 0 : 1;
                }
                right += larger < k && !Float.isNaN(wanted) ? 1 : 0;
            }
            return right;
        }
    }

    /** The absolute differences, the mean over the channels of each position. */
    record Distance() implements MetricRule {
        @Override
        public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
            double sum = 0;
            for (int i = 0; i < samples * shape.size(); i++) {
                sum += Math.abs((double) predictions[i] - targets[i]);
            }
            return sum / shape.channels();
        }
    }
}
