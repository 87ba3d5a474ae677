package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Mse;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.train.Recipe.LossTerm;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private static final int BATCH = 3;

    /** Losses on three outputs, two of them on one: the gradient of every parameter equals central differences of the loss. */
    @Test
    void gradientsOfAWeightedSumAreThoseOfTheLoss() throws Exception {
        LossTerm again = new LossTerm(0.7f, new CrossEntropy(0), "logits", "label");
        check(Recipes.LOSS, Recipes.AUX_LOSS, Recipes.COPY_LOSS, again);
    }

    /** What lies in the gradient of an output without a loss, left from before, must not count. */
    @Test
    void outputsWithoutALossGetNoGradient() throws Exception {
        check(Recipes.AUX_LOSS);
        check(Recipes.COPY_LOSS);
    }

    @Test
    void theMeanIsOverTheBatchAtHand() throws Exception {
        try (TinyModel model = TinyModel.training(8, 1);
                Objective objective = new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.LOSS), true)) {
            double whole = loss(model, objective, 4);
            double sum = 0;
            float[] images = images();
            float[] labels = labels();
            for (int i = 0; i < 4; i++) {
                model.write(model.spec().inputs().get(0), java.util.Arrays.copyOfRange(images, 16 * i, 16 * i + 16), 1);
                objective.target("label", new float[] {labels[i]}, 1);
                model.forward(1, true);
                sum += objective.loss(1);
            }
            assertThat(whole).isCloseTo(sum / 4, within(1e-6));
        }
    }

    @Test
    void whenTestingTermsOfTrainOnlyOutputsAreLeftOut() throws Exception {
        try (TinyModel model = new TinyModel(new PlainKernels(), 8, 1, false);
                Objective plain = new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.LOSS), false);
                Objective both =
                        new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.LOSS, Recipes.AUX_LOSS), false);
                Objective none = new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.AUX_LOSS), false)) {
            model.write(model.spec().inputs().get(0), images(), 4);
            model.forward(4, false);
            for (Objective objective : List.of(plain, both, none)) {
                objective.target("label", labels(), 4);
            }
            assertThat(both.loss(4)).isEqualTo(plain.loss(4)).isPositive();
            assertThat(none.loss(4)).isNaN();
            assertThatIllegalStateException().isThrownBy(plain::backward);
        }
    }

    @Test
    void namesThatAreNotThereAreRefusedAndNothingIsKept() {
        PlainKernels kernels = new PlainKernels();
        try (TinyModel model = new TinyModel(kernels, 4, 1, true)) {
            LossTerm noOutput = new LossTerm(1, new Mse(), "reconstruction", "image");
            LossTerm noTarget = new LossTerm(1, new Mse(), "copy", "picture");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Objective(model, List.of(Recipes.LABEL), List.of(noOutput), true))
                    .withMessage("TinyModel has no output `reconstruction`");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.LOSS, noTarget), true))
                    .withMessage("there is no target `picture`, and no such input of TinyModel");
            try (Objective objective = new Objective(model, List.of(), List.of(Recipes.COPY_LOSS), true)) {
                assertThatIllegalArgumentException().isThrownBy(() -> objective.target("label", labels(), 1));
            }
        }
        assertThat(kernels.isClean()).isTrue();
    }

    /** λ·L(y) + (1 − λ)·L(y') in value and gradient; an input that is a target counts once, for it is mixed itself. */
    @Test
    void mixedSamplesHaveTwoTargets() throws Exception {
        float share = 0.3f;
        LossTerm[] terms = {Recipes.LOSS, Recipes.AUX_LOSS, Recipes.COPY_LOSS};
        float[] others = labels();
        for (int i = 0; i < others.length; i++) {
            others[i] = (others[i] + 1) % 3;
        }
        try (TinyModel model = TinyModel.training(4, 5);
                Objective mixed = new Objective(model, List.of(Recipes.LABEL), List.of(terms), true, true);
                Objective plain = new Objective(model, List.of(Recipes.LABEL), List.of(terms), true)) {
            double own = loss(model, plain, BATCH);
            List<float[]> ownGradients = gradients(model, plain);
            plain.target("label", others, BATCH);
            double other = plain.loss(BATCH);
            List<float[]> otherGradients = gradients(model, plain);
            for (int time = 0; time < 2; time++) {
                mixed.mix(share);
                mixed.otherTarget("label", others, BATCH);
                assertThat(loss(model, mixed, BATCH)).isCloseTo(share * own + (1 - share) * other, within(1e-6));
                List<float[]> gradients = gradients(model, mixed);
                for (int i = 0; i < gradients.size(); i++) {
                    for (int j = 0; j < gradients.get(i).length; j++) {
                        float expected = share * ownGradients.get(i)[j]
                                + (1 - share) * otherGradients.get(i)[j];
                        assertThat(gradients.get(i)[j]).isCloseTo(expected, within(1e-6f));
                    }
                }
                mixed.mix(1);
                assertThat(loss(model, mixed, BATCH)).isEqualTo(own);
                assertThat(gradients(model, mixed)).usingRecursiveComparison().isEqualTo(ownGradients);
            }
            assertThat(own).isNotCloseTo(other, within(1e-3));
            assertThatIllegalStateException().isThrownBy(() -> plain.mix(share));
        }
    }

    private static List<float[]> gradients(TinyModel model, Objective objective) {
        objective.backward();
        model.backward();
        return model.weights().all().stream().map(model.weights()::readGradient).toList();
    }

    private static void check(LossTerm... losses) throws Exception {
        PlainKernels kernels = new PlainKernels();
        try (TinyModel model = new TinyModel(kernels, 4, 5, true);
                Objective objective = new Objective(model, List.of(Recipes.LABEL), List.of(losses), true)) {
            for (ModelParameter parameter : model.weights().all()) {
                float[] values = model.weights().read(parameter);
                for (int i = 0; i < values.length; i++) {
                    loss(model, objective, BATCH);
                    objective.backward();
                    model.backward();
                    float gradient = model.weights().readGradient(parameter)[i];
                    float before = values[i];
                    float step = 1 / 64f;
                    values[i] = before + step;
                    model.weights().write(parameter, values);
                    double above = loss(model, objective, BATCH);
                    values[i] = before - step;
                    model.weights().write(parameter, values);
                    double below = loss(model, objective, BATCH);
                    values[i] = before;
                    model.weights().write(parameter, values);
                    assertThat(gradient)
                            .as("%s[%d]", parameter.name(), i)
                            .isCloseTo((float) ((above - below) / (2 * step)), within(2e-4f));
                }
            }
        }
        assertThat(kernels.isClean()).isTrue();
    }

    private static double loss(TinyModel model, Objective objective, int batch) throws Exception {
        model.write(model.spec().inputs().get(0), images(), batch);
        objective.target("label", labels(), batch);
        model.forward(batch, true);
        return objective.loss(batch);
    }

    private static float[] images() throws Exception {
        return columns(0, 16);
    }

    private static float[] labels() throws Exception {
        return columns(1, 1);
    }

    private static float[] columns(int field, int length) throws Exception {
        var data = Recipes.pictures(4, 9);
        Sample sample = Sample.of(data);
        float[] all = new float[4 * length];
        for (int i = 0; i < 4; i++) {
            data.read(i, sample);
            System.arraycopy(sample.array(field), 0, all, i * length, length);
        }
        return all;
    }
}
