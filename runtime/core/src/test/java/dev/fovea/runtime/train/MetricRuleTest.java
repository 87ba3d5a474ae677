package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.F1;
import dev.fovea.ops.recipe.MeanAbsoluteError;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.Precision;
import dev.fovea.ops.recipe.Recall;
import dev.fovea.ops.recipe.TopK;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricRuleTest {
    private static final float NAN = Float.NaN;

    @Test
    void everyMetricOfARecipeHasItsArithmetic() {
        List<Metric> samples =
                List.of(new Accuracy(), new F1(), new MeanAbsoluteError(), new Precision(), new Recall(), new TopK(5));
        assertThat(samples)
                .extracting(sample -> sample.def().name())
                .isEqualTo(dev.fovea.ops.recipe.Recipes.METRICS.names());
        ConfusionMatrix one = new ConfusionMatrix(List.of("a"));
        one.add(0, 0);
        assertThat(samples).allSatisfy(sample -> {
            MetricRule rule = MetricRules.of(sample);
            double sum = rule.sum(new float[] {1}, Shape.of(1), new float[1], 1);
            assertThat(rule.value(sum, Optional.of(one))).isEqualTo(1);
        });
    }

    /** Three classes that all differ: by hand, and as scikit-learn's classification_report has it. */
    @Test
    void precisionRecallAndF1AreMeansOverTheClassesThatOccur() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "b", "c", "never"));
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 2};
        int[] given = {0, 0, 0, 1, 1, 1, 0, 0};
        for (int i = 0; i < labels.length; i++) {
            matrix.add(labels[i], given[i]);
        }
        assertThat(matrix.precision(0)).isEqualTo(3.0 / 5);
        assertThat(matrix.recall(0)).isEqualTo(3.0 / 4);
        assertThat(matrix.f1(0)).isEqualTo(6.0 / 9);
        assertThat(matrix.precision(1)).isEqualTo(2.0 / 3);
        assertThat(matrix.recall(1)).isEqualTo(2.0 / 3);
        assertThat(matrix.precision(2)).isZero();
        assertThat(matrix.f1(2)).isZero();
        assertThat(matrix.occurs(3)).isFalse();
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(value(new Precision(), matrix)).isCloseTo((3.0 / 5 + 2.0 / 3) / 3, within(1e-12));
        assertThat(value(new Recall(), matrix)).isCloseTo((3.0 / 4 + 2.0 / 3) / 3, within(1e-12));
        assertThat(value(new F1(), matrix)).isCloseTo((6.0 / 9 + 2.0 / 3) / 3, within(1e-12));
        assertThat(value(new F1(), new ConfusionMatrix(List.of("a")))).isNaN();
    }

    @Test
    void samplesAreTakenForTheClassOfTheLargestLogit() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "b"));
        // two classes, 1 x 3 pixels, one sample: 1, 1, 0 where 1, 0, 0 is right
        ClassScores.count(new float[] {1, 2, 3, 3, 4, 1}, Shape.of(2, 1, 3), new float[] {1, 0, 0}, 1, matrix);
        assertThat(matrix.count(1, 1)).isEqualTo(1);
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.count(0, 0)).isEqualTo(1);
        // equal ones go to the first; what is no number is a sample that was taken for nothing
        ClassScores.count(new float[] {5, 5, 7, NAN}, Shape.of(2), new float[] {1, 0}, 2, matrix);
        assertThat(matrix.count(1, 0)).isEqualTo(1);
        assertThat(matrix.samples(0)).isEqualTo(3);
        assertThat(matrix.recall(0)).isEqualTo(1.0 / 3);
    }

    @Test
    void ofVeryManyClassesOnlyTheSumsAreCounted() {
        ConfusionMatrix matrix = ConfusionMatrix.of(ConfusionMatrix.MOST_FOR_PAIRS + 1, List.of("first"));
        matrix.add(0, 1);
        matrix.add(2048, 2048);
        assertThat(matrix.hasPairs()).isFalse();
        assertThat(matrix.names().get(0)).isEqualTo("first");
        assertThat(matrix.names().get(2048)).isEqualTo("2048");
        assertThat(matrix.recall(2048)).isEqualTo(1);
        assertThat(matrix.recall(0)).isZero();
        assertThatIllegalStateException().isThrownBy(() -> matrix.count(0, 1));
    }

    @Test
    void theMeanDistanceIsOverAllElements() {
        MetricRule rule = MetricRules.of(new MeanAbsoluteError());
        float[] predictions = {1, 2, 3, 4, /**/ 0, 0, 0, 0};
        float[] targets = {1, 1, 5, 0, /**/ 1, -1, 1, -1};
        Shape shape = Shape.of(2, 1, 2);
        // the tally divides by the two positions and the two samples
        assertThat(rule.sum(predictions, shape, targets, 2) / 2 / 2).isEqualTo((0 + 1 + 2 + 4 + 4) / 8.0);
        assertThat(new MeanAbsoluteError().isBetterLarger()).isFalse();
    }

    private static double value(Metric metric, ConfusionMatrix matrix) {
        return MetricRules.of(metric).value(0, Optional.of(matrix));
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
        assertThat(MetricRules.of(new Accuracy()).sum(logits, Shape.of(2, 1, 3), labels, 2))
                .isEqualTo(5);
        assertThat(MetricRules.of(new Accuracy()).sum(logits, Shape.of(2, 1, 3), labels, 1))
                .isEqualTo(2);
    }

    private static double sum(Metric metric, float[] logits, float[] labels) {
        return MetricRules.of(metric).sum(logits, Shape.of(3), labels, labels.length);
    }
}
