package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.ModelParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How weights begin by a recipe. */
class FillsTest {
    private static final DataSet DATA = Recipes.pictures(30, 1);
    private static final Fill TWOS = new Fill(Initializer.constant(2), List.of("fc2.weight", "fc4.weight"));

    private static Recipe recipe(Fill fill, Recipe.Phase... phases) {
        return new Recipe("", List.of(Recipes.LABEL), List.of(fill), List.of(phases));
    }

    /** The weights that the first step of each phase finds, by the phase's name. */
    private static Map<String, float[]> seen(TinyModel model, Recipe recipe, String weight) throws Exception {
        ModelParameter parameter = model.weights().find(weight).orElseThrow();
        Map<String, float[]> seen = new HashMap<>();
        seen.put("before", model.weights().read(parameter));
        new Trainer(model, recipe).train(DATA, Optional.empty(), new TrainingListener() {
            @Override
            public void begin(TrainingOutline outline) {
                seen.put("begin", model.weights().read(parameter));
            }

            @Override
            public void epoch(EpochReport report) {
                seen.put(report.phase(), model.weights().read(parameter));
            }
        });
        return seen;
    }

    @Test
    void weightsBeginAsTheRecipeSaysAndOnlyThose() throws Exception {
        Recipe recipe = recipe(TWOS, Recipes.phase("one", 0.1f, 1, Recipes.LOSS));
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThat(seen(model, recipe, "fc2.weight").get("begin")).containsOnly(2);
        }
        try (TinyModel model = TinyModel.training(8, 1)) {
            Map<String, float[]> other = seen(model, recipe, "fc1.weight");
            assertThat(other.get("begin")).isEqualTo(other.get("before"));
        }
    }

    /** What was loaded, and what was trained, is not lost to a recipe that says how weights begin. */
    @Test
    void weightsFromElsewhereStay() throws Exception {
        Recipe recipe = recipe(TWOS, Recipes.phase("one", 0.1f, 1, Recipes.LOSS));
        try (TinyModel model = TinyModel.training(8, 1)) {
            ModelParameter loaded = model.weights().find("fc2.weight").orElseThrow();
            ModelParameter fresh = model.weights().find("fc4.weight").orElseThrow();
            float[] ones = new float[15];
            java.util.Arrays.fill(ones, 1);
            model.weights().write(loaded, ones);
            assertThat(model.weights().isInitial(loaded)).isFalse();
            assertThat(model.weights().isInitial(fresh)).isTrue();
            assertThat(seen(model, recipe, "fc2.weight").get("begin")).containsOnly(1);
            assertThat(seen(model, recipe, "fc4.weight").get("begin")).isNotEqualTo(ones);
            Map<String, float[]> again = seen(model, recipe, "fc4.weight");
            assertThat(again.get("begin")).isEqualTo(again.get("before"));
        }
    }

    /** A phase without a step size for the weight shows what it began with. */
    @Test
    void aPhaseLetsWeightsBeginAnew() throws Exception {
        Recipe.Phase first = Recipes.phase("first", 0.1f, 1, Recipes.LOSS);
        Recipe.Phase second = Recipes.phase("second", 0.1f, 1, Map.of(), List.of("fc2"), Optional.empty(), Recipes.LOSS)
                .filling(TWOS);
        try (TinyModel model = TinyModel.training(8, 1)) {
            Map<String, float[]> seen = seen(model, Recipes.of(first, second), "fc2.weight");
            assertThat(seen.get("first")).isNotEqualTo(seen.get("before")).doesNotContain(2);
            assertThat(seen.get("second")).containsOnly(2);
        }
    }

    @Test
    void anUnknownWeightIsRefused() throws Exception {
        Recipe recipe =
                recipe(new Fill(Initializer.ZEROS, List.of("fc9.weight")), Recipes.phase("one", 0.1f, 1, Recipes.LOSS));
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trainer(model, recipe).train(DATA, Optional.empty(), TrainingListener.NONE))
                    .withMessage("TinyModel has no parameter `fc9.weight`");
        }
    }
}
