package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.F1;
import dev.fovea.ops.recipe.MeanAbsoluteError;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.Precision;
import dev.fovea.ops.recipe.Recall;
import dev.fovea.ops.recipe.TopK;
import java.util.Map;
import java.util.function.Function;

/** Which arithmetic belongs to which {@link Metric}. A new one is one line in the table. */
final class MetricRules {
    private static final Map<Class<? extends Metric>, Function<Metric, MetricRule>> TABLE = Map.of(
            Accuracy.class, metric -> new MetricRule.AmongLargest(1),
            F1.class, metric -> new ClassScores(ConfusionMatrix::macroF1),
            MeanAbsoluteError.class, metric -> new MetricRule.Distance(),
            Precision.class, metric -> new ClassScores(ConfusionMatrix::macroPrecision),
            Recall.class, metric -> new ClassScores(ConfusionMatrix::macroRecall),
            TopK.class, metric -> new MetricRule.AmongLargest(((TopK) metric).k()));

    private MetricRules() {}

    static MetricRule of(Metric metric) {
        if (metric instanceof CustomMetric own) {
            return own::sum;
        }
        Function<Metric, MetricRule> factory = TABLE.get(metric.getClass());
        if (factory == null) {
            throw new IllegalArgumentException("there is no arithmetic for the metric `" + metric.label() + "`");
        }
        return factory.apply(metric);
    }
}
