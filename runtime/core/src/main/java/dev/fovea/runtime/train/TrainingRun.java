package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import java.util.Optional;

/** The phases of one run, from a position on. */
final class TrainingRun {
    private final CompiledModel model;
    private final Recipe recipe;
    private final TrainingOptions options;
    private final TrainingData training;
    private final Optional<DataSet> test;
    private final TrainingListener listener;
    private final RunHistory history;
    private final Checkpoints checkpoints;
    private final Progress progress;

    TrainingRun(
            CompiledModel model,
            Recipe recipe,
            TrainingOptions options,
            TrainingData training,
            Optional<DataSet> test,
            TrainingListener listener,
            TrainingOutline outline,
            RunHistory history,
            Checkpoints checkpoints) {
        this.model = model;
        this.recipe = recipe;
        this.options = options;
        this.training = training;
        this.test = test;
        this.listener = listener;
        this.history = history;
        this.checkpoints = checkpoints;
        this.progress =
                new Progress(outline, new Tally(model, recipe.phases().get(0).metrics(), true), history.start());
    }

    /** Runs all phases, or what a checkpoint leaves of them; model and history stand where it says. */
    void run(Optional<CheckpointFile> from) throws FoveaException {
        Position position = from.map(CheckpointFile::position).orElse(Position.START);
        Optional<CheckpointFile> entered = from;
        while (position.phase() < recipe.phases().size()) {
            position = phase(position, entered);
            entered = Optional.empty();
        }
    }

    /** Runs one phase to its end; returns the position behind it. */
    private Position phase(Position start, Optional<CheckpointFile> from) throws FoveaException {
        int firstEpoch = history.epochs().size() - start.epoch();
        DataSet data = training.of(recipe.phases().get(start.phase()));
        if (!start.isWithinPhase()) {
            Fills.again(model, recipe.phases().get(start.phase()).fills());
        }
        try (PhaseRun run = new PhaseRun(model, recipe, options, data, test, start, firstEpoch)) {
            progress.startPhase(start.phase(), run.tally());
            if (from.isPresent()) {
                progress.resume(start);
                if (start.isWithinPhase()) {
                    run.restore(from.get().state().within("phase"));
                }
            }
            Position position = start;
            while (position.phase() == start.phase()) {
                EpochReport report = run.epoch(progress, listener, checkpoints);
                history.add(report, start.phase());
                listener.epoch(report);
                position = run.next();
                if (position.phase() > start.phase() && run.layer().isPresent()) {
                    listener.layer(run.layer().get());
                }
                Optional<PhaseRun> state = position.isWithinPhase() ? Optional.of(run) : Optional.empty();
                checkpoints.keep(recipe.phases().get(start.phase()).regime().checkpointEvery(), position, state);
                if (position.phase() < recipe.phases().size()) {
                    checkpoints.afterEpoch(position, state, progress);
                }
            }
            return position;
        }
    }
}
