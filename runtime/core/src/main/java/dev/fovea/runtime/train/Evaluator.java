package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.Optional;

/**
 * Judges a model by the losses and metrics of a phase: without dropout, with running statistics, with the augmentations that belong to
 * the input (a normalisation, a crop in the middle) and without those that only vary it. Can be asked again and again.
 */
public final class Evaluator implements Judge {
    private final CompiledModel model;
    private final Objective objective;
    private final Feed feed;
    private final Tally tally;
    private final Batches batches;

    /**
     * Binds the losses and starts to read the data.
     *
     * @throws FoveaException where the data set does not fit the model
     * @throws IllegalArgumentException where the recipe does not fit it
     */
    public Evaluator(CompiledModel model, Recipe recipe, Phase phase, DataSet data) throws FoveaException {
        this.model = model;
        this.feed = new Feed(model, Targets.used(recipe, phase), data, phase.augmentations());
        int batch = Math.min(model.options().batch(), Math.max(1, data.size()));
        this.objective = new Objective(model, Targets.used(recipe, phase), phase.losses(), false);
        Tally opened = null;
        try {
            opened = new Tally(model, phase.metrics(), false, feed.classes(), Optional.of(objective));
            this.tally = opened;
            this.batches = Batches.start(
                    data, BatchPlan.training(batch, 0, feed.pipelines()).atEvaluation());
        } catch (FoveaException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            objective.close();
            throw e;
        }
    }

    /**
     * The score of a data set by the last phase of a recipe.
     *
     * @throws FoveaException where the data set does not fit the model or cannot be read
     */
    public static Score evaluate(CompiledModel model, Recipe recipe, DataSet data) throws FoveaException {
        try (Evaluator evaluator = new Evaluator(model, recipe, recipe.lastPhase(), data)) {
            return evaluator.score();
        }
    }

    /**
     * The score of the whole data set.
     *
     * @throws FoveaException where a sample cannot be read
     */
    @Override
    public Score score() throws FoveaException {
        tally.clear();
        Batch batch;
        do {
            batch = batches.next();
            feed.load(batch, objective);
            model.forward(batch.size(), false);
            tally.add(objective.loss(batch.size()), feed, batch.size());
        } while (!batch.isLast());
        return tally.score();
    }

    @Override
    public void close() {
        batches.close();
        tally.close();
        objective.close();
    }
}
