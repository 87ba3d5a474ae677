package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.TrainingOutline.PhaseOutline;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model by a recipe: its phases in order, in each its epochs, in each its steps; a test after each epoch.
 *
 * <pre>{@code
 * TrainingReport report = new Trainer(model, LeNet5.Recipe.DEFAULT).train(trainingSet, Optional.of(testSet), listener);
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
        return run(Optional.empty(), training, test, listener);
    }

    /**
     * Goes on where a checkpoint was written. What comes out is the same, bit by bit, as if the run had never been cut off.
     *
     * @param checkpoint a file that a run of the same model, recipe, seed and data wrote by its {@link CheckpointPlan}
     * @throws FoveaException as {@link #train}, and where the checkpoint cannot be read or is of another run; the message lists what
     *     differs, and the model is as it was
     */
    public TrainingReport resume(Path checkpoint, DataSet training, Optional<DataSet> test, TrainingListener listener)
            throws FoveaException {
        try (CheckpointFile file = CheckpointFile.open(checkpoint)) {
            return run(Optional.of(file), training, test, listener);
        }
    }

    private TrainingReport run(
            Optional<CheckpointFile> from, DataSet training, Optional<DataSet> test, TrainingListener listener)
            throws FoveaException {
        TrainingData data = new TrainingData(model, recipe, options, training);
        RunHistory history = new RunHistory(recipe, options.nanoTime());
        TrainingOutline outline = outline(data, test.isPresent());
        Optional<RunIdentity> identity =
                from.isPresent() || options.checkpoints().isPresent()
                        ? Optional.of(new RunIdentity(model, recipe, options, training, test))
                        : Optional.empty();
        if (from.isPresent()) {
            from.get().check(model, identity.orElseThrow(), outline, options.changedData());
            from.get().restore(model);
            history.restore(from.get().state().within("history"));
        }
        if (from.isEmpty()) {
            Fills.begin(model, recipe.fills());
        }
        listener.begin(outline);
        if (from.isPresent()) {
            listener.resumed(List.copyOf(history.epochs()));
        }
        Checkpoints checkpoints =
                new Checkpoints(options, model, recipe.phases().size(), identity, history, listener);
        new TrainingRun(model, recipe, options, data, test, listener, outline, history, checkpoints).run(from);
        TrainingReport report = new TrainingReport(outline, history.epochs(), history.seconds());
        listener.end(report);
        checkpoints.atEnd();
        return report;
    }

    private TrainingOutline outline(TrainingData data, boolean tested) {
        List<PhaseOutline> phases = recipe.phases().stream()
                .map(phase -> new PhaseOutline(
                        phase.name(),
                        phase.epochs(),
                        data.of(phase).size(),
                        Batches.perEpoch(data.of(phase).size(), phase.batch()),
                        phase.metricLabels()))
                .toList();
        return new TrainingOutline(
                model.spec().name(), model.kernels().description(), phases, tested, Field.classNames(data.fields()));
    }
}
