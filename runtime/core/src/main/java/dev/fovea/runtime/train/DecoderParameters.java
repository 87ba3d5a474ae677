package dev.fovea.runtime.train;

import dev.fovea.ops.Alignment;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters that a decoder has of its own, the bias of the visible units of a Boltzmann machine among them. They are no part of the
 * model: they live as long as the phase, and a checkpoint holds them.
 */
final class DecoderParameters implements Resumable, AutoCloseable {
    private final Memory values;
    private final Memory gradients;
    private final MovedParameters moved;

    /**
     * Parameters named {@code LAYER.decoder.NAME}: a weight filled by its initialiser, a bias of zeros.
     *
     * @param parameters at least one
     */
    DecoderParameters(
            Kernels kernels,
            String layer,
            List<Parameter> parameters,
            long seed,
            Optimizer optimizer,
            boolean decaysBiases) {
        List<ModelParameter> placed = new ArrayList<>();
        long length = 0;
        for (Parameter parameter : parameters) {
            placed.add(new ModelParameter(layer + ".decoder." + parameter.name(), parameter, length, true));
            length += Alignment.up(parameter.shape().size());
        }
        this.values = kernels.allocate("the decoder of `" + layer + "`", length);
        this.gradients = kernels.allocate("the gradients of the decoder of `" + layer + "`", length);
        for (ModelParameter parameter : placed) {
            if (!parameter.parameter().name().equals("bias")) {
                float[] initial = Weights.initialValues(parameter, seed);
                values.write(parameter.offset(), initial, 0, initial.length);
            }
        }
        this.moved = new MovedParameters(kernels, values, gradients, placed, optimizer, decaysBiases);
    }

    MovedParameters moved() {
        return moved;
    }

    @Override
    public void save(StateWriter state) {
        moved.all()
                .forEach(parameter ->
                        state.floats(parameter.name(), parameter.parameter().shape(), () -> moved.read(parameter)));
        moved.save(state);
    }

    @Override
    public void restore(StateReader state) throws InputException {
        for (ModelParameter parameter : moved.all()) {
            float[] stored =
                    state.floats(parameter.name(), parameter.parameter().shape());
            values.write(parameter.offset(), stored, 0, stored.length);
        }
        moved.restore(state);
    }

    @Override
    public void close() {
        moved.close();
        gradients.close();
        values.close();
    }
}
