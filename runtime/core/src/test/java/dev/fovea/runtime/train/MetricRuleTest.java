package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.TopK;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricRuleTest {
    private static final float NAN = Float.NaN;

    @Test
    void everyMetricOfARecipeHasItsArithmetic() {
        List<Metric> samples = List.of(new Accuracy(), new TopK(5));
        assertThat(samples)
                .extracting(sample -> sample.def().name())
                .isEqualTo(dev.fovea.ops.recipe.Recipes.METRICS.names());
        assertThat(samples).allSatisfy(sample -> assertThat(
                        MetricRule.of(sample).sum(new float[] {1}, Shape.of(1), new float[1], 1))
                .isEqualTo(1));
    }

    @Test
    void accuracyCountsTheLargestAndOfEqualOnesTheFirst() {
        float[] logits = {1, 3, 2, /**/ 5, 5, 1, /**/ 5, 5, 1, /**/ -1, -2, -3};
        float[] labels = {1, 0, 1, 2};
        assertThat(sum(new Accuracy(), logits, labels)).isEqualTo(2);
        assertThat(sum(new TopK(2), logits, labels)).isEqualTo(3);
        assertThat(sum(new TopK(3), logits, labels)).isEqualTo(4);
        assertThat(sum(new TopK(9), logits, labels)).isEqualTo(4);
    }

    @Test
    void whatIsNotANumberIsNeverRight() {
        assertThat(sum(new TopK(3), new float[] {NAN, 1, 2}, new float[] {0})).isZero();
        assertThat(sum(new Accuracy(), new float[] {NAN, 1, 2}, new float[] {2}))
                .isZero();
        assertThat(sum(new TopK(2), new float[] {NAN, 1, 2}, new float[] {2})).isEqualTo(1);
        assertThat(sum(new TopK(3), new float[] {NAN, NAN, NAN}, new float[] {1}))
                .isZero();
    }

    @Test
    void aClassAPixelIsCountedByPixel() {
        // two classes, 1 x 3 pixels, two samples
        float[] logits = {1, 2, 3, 3, 1, 4, /**/ 0, 0, 9, 1, -1, 1};
        float[] labels = {1, 0, 0, /**/ 1, 0, 0};
        assertThat(MetricRule.of(new Accuracy()).sum(logits, Shape.of(2, 1, 3), labels, 2))
                .isEqualTo(5);
        assertThat(MetricRule.of(new Accuracy()).sum(logits, Shape.of(2, 1, 3), labels, 1))
                .isEqualTo(2);
    }

    private static double sum(Metric metric, float[] logits, float[] labels) {
        return MetricRule.of(metric).sum(logits, Shape.of(3), labels, labels.length);
    }
}
