package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.TopK;
import java.util.Map;
import java.util.function.Function;

/** The arithmetic of a {@link Metric}. A new one is one line in the table. */
@FunctionalInterface
interface MetricRule {
    Map<Class<? extends Metric>, Function<Metric, MetricRule>> TABLE = Map.of(
            Accuracy.class, metric -> new AmongLargest(1),
            TopK.class, metric -> new AmongLargest(((TopK) metric).k()));

    /**
     * The sum of the metric over the positions of some samples.
     *
     * @param predictions sample behind sample, each {@code [n]} or {@code [n, H, W]}
     * @param shape of one prediction
     * @param targets sample behind sample, each {@code [1]} or {@code [H, W]}
     */
    double sum(float[] predictions, Shape shape, float[] targets, int samples);

    static MetricRule of(Metric metric) {
        Function<Metric, MetricRule> factory = TABLE.get(metric.getClass());
        if (factory == null) {
            throw new IllegalArgumentException("there is no arithmetic for the metric `" + metric.label() + "`");
        }
        return factory.apply(metric);
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
}
