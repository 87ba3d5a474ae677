package dev.fovea.cli;

import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.ops.Alignment;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Tie;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.StackedLayer;
import java.util.List;

/** What a phase that trains one layer by itself allocates beside the model: the decoder, and the tensors between layer and decoder. */
final class StageMemory {
    private static final long FLOAT = 4;

    private StageMemory() {}

    /**
     * Adds it to what the model allocates.
     *
     * @param slots of the optimizer
     */
    static MemoryUse added(MemoryUse model, Stage stage, int slots, int batch) {
        long decoder = FLOAT * decoderFloats(stage);
        return new MemoryUse(
                model.parameters() + decoder,
                model.gradients() + decoder,
                model.optimizer() + slots * decoder,
                model.activations() + FLOAT * batch * tensorFloats(stage),
                model.workspace());
    }

    private static long decoderFloats(Stage stage) {
        return parameters(stage).stream()
                .skip(Tie.of(stage.decoder()).isTied() ? 1 : 0) // the weight is the layer's
                .mapToLong(parameter -> parameter.shape().size())
                .map(Alignment::up)
                .sum();
    }

    private static List<Parameter> parameters(Stage stage) {
        StackedLayer layer = stage.layer();
        return stage.decoder().def().parameters(stage.decoder(), List.of(layer.code()), layer.input());
    }

    /** A sample's: of a Boltzmann machine hidden units, their states and what comes back; else each with its gradient. */
    private static long tensorFloats(Stage stage) {
        long code = stage.layer().code().size();
        long input = stage.layer().input().size();
        if (stage.method() instanceof Rbm) {
            return 3 * code + 2 * input;
        }
        long spoilt = stage.method() instanceof DenoisingAutoencoder ? input : 0;
        return 2 * code * (stage.layer().activation().isPresent() ? 2 : 1) + 2 * input + spoilt;
    }
}
