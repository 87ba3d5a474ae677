package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.model.CompiledModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the checkpoints of one run when they are due. */
final class Checkpoints {
    private final TrainingOptions options;
    private final Optional<CheckpointPlan> plan;
    private final CompiledModel model;
    private final RunHistory history;
    private final Optional<RunIdentity> identity;
    private final TrainingListener listener;
    private final int phases;
    private final long interval;
    /** Whether the last attempt failed. */
    private boolean missing;

    private long last;

    /**
     * @param identity of the run, known where there is a plan
     */
    Checkpoints(
            TrainingOptions options,
            CompiledModel model,
            int phases,
            Optional<RunIdentity> identity,
            RunHistory history,
            TrainingListener listener) {
        this.options = options;
        this.plan = options.checkpoints();
        this.model = model;
        this.phases = phases;
        this.identity = identity;
        this.history = history;
        this.listener = listener;
        this.interval = plan.flatMap(CheckpointPlan::interval)
                .map(time -> Math.max(1, time.toNanos()))
                .orElse(Long.MAX_VALUE);
        this.last = history.start();
    }

    /**
     * After a step: writes where the time has come, ends the run where that is asked for. Allocates nothing otherwise.
     *
     * @param now the time of the clock
     * @throws TrainingStoppedException where the run is to stop
     * @throws InputException where it is to stop and the checkpoint cannot be written to its place
     */
    void afterStep(PhaseRun run, Progress progress, long now) throws FoveaException {
        if (options.stop().getAsBoolean()) {
            stop(run.position(progress), Optional.of(run), progress.place());
        } else if (now - last >= interval) {
            attempt(run.position(progress), Optional.of(run));
        }
    }

    /** Before a run ends because its data fail. At an epoch's start the checkpoint is there already, unless it could not be written. */
    void beforeEnd(PhaseRun run, Progress progress) {
        if (plan.isEmpty() || (progress.step() == 0 && !missing)) {
            return;
        }
        Path file = plan.get().file();
        Position position = run.position(progress);
        try {
            write(file, position, Optional.of(run));
            listener.warning(
                    "the next data cannot be had; " + file + " holds the run as it is after " + progress.place());
        } catch (InputException e) {
            InputException kept =
                    Elsewhere.keep("the checkpoint is", file, other -> write(other, position, Optional.of(run)), e);
            listener.warning("the next data cannot be had, and the checkpoint cannot be written, " + inOneLine(kept));
        } catch (RuntimeException e) { // a lost device, say; what the run ends with is the fault of the data
            listener.warning("the next data cannot be had, and no checkpoint was written: " + e.getMessage());
        }
    }

    /** After an epoch and its test, likewise; {@code run} is empty where the next phase begins from nothing. */
    void afterEpoch(Position next, Optional<PhaseRun> run, Progress progress) throws FoveaException {
        if (options.stop().getAsBoolean()) {
            stop(next, run, progress.place());
        }
        attempt(next, run);
    }

    /** After an epoch, where it is one of those whose checkpoint stays. */
    void keep(Optional<Integer> every, Position next, Optional<PhaseRun> run) {
        int epoch = history.epochs().size();
        if (plan.isPresent() && every.isPresent() && epoch % every.get() == 0) {
            attempt(plan.get().kept(epoch), next, run);
        }
    }

    /** When the run is over: from this one nothing is left to do. */
    void atEnd() throws InputException {
        if (plan.isPresent()) {
            write(plan.get().file(), new Position(phases, 0, 0), Optional.empty());
        }
    }

    /** A disk that is full must not cost the work done so far: the run goes on, the checkpoint before stands. */
    private void attempt(Position position, Optional<PhaseRun> run) {
        if (plan.isPresent()) {
            missing = !attempt(plan.get().file(), position, run);
            last = options.nanoTime().getAsLong();
        }
    }

    private boolean attempt(Path file, Position position, Optional<PhaseRun> run) {
        try {
            write(file, position, run);
            return true;
        } catch (InputException e) {
            listener.warning("no checkpoint was written, " + inOneLine(e)
                    + "; the training goes on, the next attempt is due in time");
            return false;
        }
    }

    private static String inOneLine(InputException fault) {
        List<String> parts = new ArrayList<>(List.of(fault.message() + " (" + fault.place() + ")"));
        parts.addAll(fault.help());
        return String.join("; ", parts);
    }

    private void stop(Position position, Optional<PhaseRun> run, String place) throws FoveaException {
        if (plan.isPresent()) {
            Path file = plan.get().file();
            try {
                write(file, position, run);
            } catch (InputException e) {
                throw Elsewhere.keep("the checkpoint is", file, other -> write(other, position, run), e);
            }
        }
        throw new TrainingStoppedException(place, plan.map(CheckpointPlan::file));
    }

    private void write(Path file, Position position, Optional<PhaseRun> run) throws InputException {
        StateWriter state = new StateWriter();
        state.text("format", CheckpointFile.FORMAT);
        identity.orElseThrow().save(state.within("run"));
        position.save(state.within("position"));
        state.whole("phases", phases);
        state.whole("steps", model.step());
        model.weights()
                .all()
                .forEach(parameter ->
                        state.floats(parameter.name(), parameter.parameter().shape(), () -> model.weights()
                                .read(parameter)));
        history.save(state.within("history"));
        run.ifPresent(phase -> phase.save(state.within("phase")));
        state.write(file);
    }
}
