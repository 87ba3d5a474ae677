package dev.fovea.cli;

import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.StackedLayer;
import java.util.List;

/** What a phase that trains one layer by itself allocates beside the model: the decoder, and the tensors between layer and decoder. */
final class StageMemory {
    private static final long FLOAT = 4;
    /** Where a parameter of a decoder may begin, in floats. */
    private static final long ALIGNMENT = 16;

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
                .skip(isTied(stage.decoder()) ? 1 : 0) // the weight is the layer's
                .mapToLong(parameter -> parameter.shape().size())
                .map(floats -> (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)
                .sum();
    }

    private static List<Parameter> parameters(Stage stage) {
        StackedLayer layer = stage.layer();
        return stage.decoder().def().parameters(stage.decoder(), List.of(layer.code()), layer.input());
    }

    private static boolean isTied(Op decoder) {
        return decoder instanceof Dense dense
                ? dense.tiedTo().isTied()
                : decoder instanceof ConvTranspose conv && conv.tiedTo().isTied();
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
