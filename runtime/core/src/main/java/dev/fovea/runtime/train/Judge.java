package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;

/** Says how well a model does on the samples set aside. */
interface Judge extends AutoCloseable {
    /** The judge of a phase: by the error of what comes back where it trains a layer, else by losses and metrics. */
    static Judge of(CompiledModel model, Recipe recipe, Phase phase, PhaseStep step, DataSet data)
            throws FoveaException {
        return step instanceof LayerStep layer
                ? new LayerJudge(model, phase, layer, data)
                : new Evaluator(model, recipe, phase, data);
    }

    /**
     * The score of the whole data set.
     *
     * @throws FoveaException where a sample cannot be read
     */
    Score score() throws FoveaException;

    @Override
    void close();
}
