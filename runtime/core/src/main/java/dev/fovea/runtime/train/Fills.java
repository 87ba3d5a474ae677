package dev.fovea.runtime.train;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.List;
import java.util.function.Predicate;

/** Carries out what recipes say about how weights begin. The numbers are a function of the seed and of the weight's name. */
final class Fills {
    private Fills() {}

    /** At the beginning of a run: weights that were loaded, set or trained before stay as they are. */
    static void begin(CompiledModel model, List<Fill> fills) {
        if (model.step() == 0) {
            apply(model, fills, model.weights()::isInitial);
        }
    }

    /** At the beginning of a phase: whatever the weights are. */
    static void again(CompiledModel model, List<Fill> fills) {
        apply(model, fills, parameter -> true);
    }

    private static void apply(CompiledModel model, List<Fill> fills, Predicate<ModelParameter> which) {
        for (Fill fill : fills) {
            for (String name : fill.parameters()) {
                ModelParameter parameter = model.weights()
                        .find(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException(model.spec().name() + " has no parameter `" + name + "`"));
                if (which.test(parameter)) {
                    fill(model, parameter, fill.initializer());
                }
            }
        }
    }

    private static void fill(CompiledModel model, ModelParameter parameter, Initializer initializer) {
        model.weights().initialize(parameter, initializer, model.options().seed());
    }
}
