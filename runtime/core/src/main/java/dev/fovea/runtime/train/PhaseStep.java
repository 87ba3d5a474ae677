package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a model in a step of a phase, once the batch is in its inputs and targets. Owns memory on the model's device until it
 * is closed, before the model is.
 */
interface PhaseStep extends Resumable, AutoCloseable {
    /** The step of a phase: of its layer where it trains one by itself, else of the whole model. */
    static PhaseStep of(CompiledModel model, Recipe recipe, Phase phase) throws FoveaException {
        return phase.stage().isPresent()
                ? LayerStep.of(model, phase, phase.stage().get())
                : new TrainingStep(model, recipe, phase);
    }

    /** The losses, whose targets are set before a step. */
    Objective objective();

    /**
     * Runs the layers and the losses.
     *
     * @throws FoveaException where the data are not what the phase takes them for
     */
    double forward(int batch) throws FoveaException;

    /**
     * Runs backward and moves the parameters; to be called after {@link #forward}.
     *
     * @param last whether no batch of the epoch is left
     * @return whether they were moved: not where gradients are accumulated and more are to come
     */
    boolean backward(float learningRate, boolean last);

    /** The stretches of the model's parameters that are trained. */
    List<Range> ranges();

    /** The layer that the phase trains by itself. */
    default Optional<TrainedLayer> layer() {
        return Optional.empty();
    }

    @Override
    void close();
}
