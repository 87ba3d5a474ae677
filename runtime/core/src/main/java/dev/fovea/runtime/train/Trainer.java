package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.TrainingOutline.PhaseOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model by a recipe: its phases in order, in each its epochs, in each its steps; a test after each epoch.
 *
 * <pre>{@code
 * TrainingReport report = new Trainer(model, LeNet5.Recipes.DEFAULT).train(trainingSet, Optional.of(testSet), listener);
 * }</pre>
 *
 * <p>The parameters that come out are a function of the model, the recipe, the data and the seeds: not of threads, time or listeners.
 */
public final class Trainer {
    private final CompiledModel model;
    private final Recipe recipe;
    private final TrainingOptions options;

    /** As the recipe says. */
    public Trainer(CompiledModel model, Recipe recipe) {
        this(model, recipe, TrainingOptions.DEFAULT);
    }

    /**
     * With options of its own.
     *
     * @throws IllegalArgumentException where the model was built for inference or for a smaller batch than the recipe's
     */
    public Trainer(CompiledModel model, Recipe recipe, TrainingOptions options) {
        if (!model.options().training()) {
            throw new IllegalArgumentException(model.spec().name() + " was built for inference");
        }
        if (model.options().batch() < recipe.largestBatch()) {
            throw new IllegalArgumentException(
                    "the recipe has batches of " + recipe.largestBatch() + ", the model was built for "
                            + model.options().batch() + ": build it with batch(" + recipe.largestBatch() + ")");
        }
        this.model = model;
        this.recipe = recipe;
        this.options = options;
    }

    /**
     * Trains the model.
     *
     * @param test what each epoch is judged by, or empty
     * @throws FoveaException where a data set does not fit the model, a sample cannot be read, or the loss is no longer a finite number;
     *     the parameters then are those of the moment
     */
    public TrainingReport train(DataSet training, Optional<DataSet> test, TrainingListener listener)
            throws FoveaException {
        TrainingOutline outline = outline(training, test.isPresent());
        long start = options.nanoTime().getAsLong();
        listener.begin(outline);
        Progress progress =
                new Progress(outline, new Tally(model, recipe.phases().get(0).metrics(), true), start);
        List<EpochReport> epochs = new ArrayList<>();
        for (int i = 0; i < recipe.phases().size(); i++) {
            Phase phase = recipe.phases().get(i);
            try (PhaseRun run = new PhaseRun(model, recipe, phase, options, training, test, epochs.size())) {
                progress.startPhase(outline.phases().get(i), run.tally());
                for (int epoch = 0; epoch < phase.epochs(); epoch++) {
                    EpochReport report = run.epoch(progress, listener);
                    epochs.add(report);
                    listener.epoch(report);
                }
            }
        }
        TrainingReport report =
                new TrainingReport(outline, epochs, (options.nanoTime().getAsLong() - start) * 1e-9);
        listener.end(report);
        return report;
    }

    private TrainingOutline outline(DataSet data, boolean tested) {
        List<PhaseOutline> phases = recipe.phases().stream()
                .map(phase -> new PhaseOutline(
                        phase.name(),
                        phase.epochs(),
                        data.size(),
                        Batches.perEpoch(data.size(), phase.batch()),
                        phase.metrics().stream()
                                .map(use -> use.metric().label())
                                .toList()))
                .toList();
        return new TrainingOutline(model.spec().name(), model.kernels().description(), phases, tested);
    }
}
