package dev.fovea.runtime.train;

import dev.fovea.ops.Def;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Metric;

/**
 * A metric of one's own. Make it a record: a run is resumed by a metric that equals the one it was
 * begun with.
 *
 * <pre>{@code
 * record Confidence() implements CustomMetric {
 *   public String label() { return "confidence"; }
 *   public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
 *     int classes = shape.channels();
 *     double sum = 0;
 *     for (int i = 0; i < samples; i++) {
 *       sum += predictions[i * classes + (int) targets[i]];
 *     }
 *     return sum;
 *   }
 * }
 * }</pre>
 *
 * <p>{@link Recipe#withMetric} adds it to a recipe of a file:
 *
 * <pre>{@code
 * Recipe recipe = LeNet5.Recipe.DEFAULT.withMetric(new Confidence(), "probabilities", "label");
 * }</pre>
 */
public interface CustomMetric extends Metric {
    /**
     * The sum of the metric over the positions of some samples; what is shown is the mean over positions and samples.
     *
     * @param predictions sample behind sample, each of {@code shape}; there may be more of them than {@code samples}
     * @param shape of one prediction: {@code [n]}, or {@code [n, H, W]}, which has {@code H·W} positions
     * @param targets sample behind sample: of classes {@code [1]} or {@code [H, W]}, else of the target's shape
     */
    double sum(float[] predictions, Shape shape, float[] targets, int samples);

    @Override
    default Def<? extends Metric> def() {
        return Def.named(label()).build(none -> this);
    }
}
