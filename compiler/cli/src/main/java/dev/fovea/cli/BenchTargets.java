package dev.fovea.cli;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.TrainingStep;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a training step that is measured learns: random targets, and a recipe where the model has none. */
final class BenchTargets {
    private BenchTargets() {}

    /**
     * SGD with momentum on the cross entropy of an output.
     *
     * @throws FoveaException if the output is no scores of classes
     */
    static Recipe recipe(Port output, int batch) throws FoveaException {
        if (output.shape().rank() != 1) {
            throw new FoveaException(
                    "the model has no recipe, and its output `" + output.name() + "` is " + output.shape()
                            + ": no scores of classes for the loss to look at",
                    List.of("write a recipe, or use --mode infer"));
        }
        int classes = Math.toIntExact(output.shape().size());
        Recipe.Phase phase = new Recipe.Phase(
                "",
                List.of(new Recipe.LossTerm(1, new CrossEntropy(0), output.name(), "label")),
                new Sgd(0.01f, 0.9f, false, 0),
                new Constant(0),
                batch,
                1,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new Recipe("", List.of(new Recipe.Target("label", Shape.of(1), Optional.of(classes))), List.of(phase));
    }

    /** Fills what the recipe's last phase looks at. */
    static void fill(TrainingStep step, Recipe recipe, int batch) {
        for (Recipe.Target target : used(recipe)) {
            float[] values = new float[Math.toIntExact(batch * target.shape().size())];
            RandomStream.named(2, target.name()).fillUniform(values, 0, values.length, 0, 0, 1);
            target.classes().ifPresent(classes -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.min(classes - 1, (int) (values[i] * classes));
                }
            });
            step.objective().target(target.name(), values, batch);
        }
    }

    private static List<Recipe.Target> used(Recipe recipe) {
        Recipe.Phase phase = recipe.lastPhase();
        Set<String> names = new HashSet<>();
        phase.losses().forEach(term -> names.add(term.target()));
        phase.metrics().forEach(use -> names.add(use.target()));
        return recipe.targets().stream()
                .filter(target -> names.contains(target.name()))
                .toList();
    }
}
