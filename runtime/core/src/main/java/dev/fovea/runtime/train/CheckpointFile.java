package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A checkpoint that is read. */
public final class CheckpointFile implements AutoCloseable {
    static final String FORMAT = "fovea checkpoint 4";
    private static final int MOST_SHOWN = 20;

    private final SafetensorsFile file;
    private final StateReader state;
    private final Position position;

    private CheckpointFile(SafetensorsFile file, StateReader state, Position position) {
        this.file = file;
        this.state = state;
        this.position = position;
    }

    /**
     * Opens a checkpoint.
     *
     * @throws InputException where it cannot be read or is none
     */
    static CheckpointFile open(Path path) throws InputException {
        SafetensorsFile file = SafetensorsFile.open(path);
        try {
            StateReader state = new StateReader(file);
            String format = state.text("format");
            if (!format.equals(FORMAT)) {
                throw InputException.of(
                        path,
                        "this checkpoint is in the format \"" + format + "\", this version reads \"" + FORMAT + "\"");
            }
            return new CheckpointFile(file, state, Position.restore(state.within("position")));
        } catch (InputException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Whether a checkpoint is that of a run that has come to its end, by the phases that it has.
     *
     * @throws InputException where it cannot be read or is none
     */
    public static boolean isFinished(Path path) throws InputException {
        try (CheckpointFile checkpoint = open(path)) {
            return checkpoint.state.count("phases") <= checkpoint.position.phase();
        }
    }

    Position position() {
        return position;
    }

    StateReader state() {
        return state;
    }

    /**
     * Makes sure that the checkpoint is of this model and run.
     *
     * @param changedData whether the data may be others
     * @throws InputException with a list of what differs
     */
    void check(CompiledModel model, RunIdentity identity, TrainingOutline outline, boolean changedData)
            throws InputException {
        List<String> differences = new ArrayList<>(identity.differences(state.within("run")));
        if (changedData) {
            differences.removeIf(RunIdentity::isOfData);
        }
        differences.addAll(parameters(model));
        if (differences.isEmpty()) {
            checkPosition(outline);
            return;
        }
        boolean ofDataAlone = differences.stream().allMatch(RunIdentity::isOfData);
        int shown = Math.min(MOST_SHOWN, differences.size());
        String list = "\n      " + String.join("\n      ", differences.subList(0, shown));
        String rest = shown < differences.size() ? "\n      and " + (differences.size() - shown) + " more" : "";
        InputException fault = InputException.of(
                file.path(),
                "this checkpoint is of another run; what differs:" + list + rest,
                "resume with the model, recipe, seed and data that it was begun with",
                "or begin another run, in another folder; --init-from takes the weights that fit");
        throw ofDataAlone
                ? fault.withHelp(
                        "or, where the data were only put right, let --resume --changed-data go on with them: to other"
                                + " weights than those of one run")
                : fault;
    }

    private void checkPosition(TrainingOutline outline) throws InputException {
        int phases = outline.phases().size();
        boolean fits = position.phase() == phases
                ? !position.isWithinPhase()
                : position.phase() < phases
                        && position.epoch()
                                < outline.phases().get(position.phase()).epochs()
                        && position.step()
                                <= outline.phases().get(position.phase()).steps();
        if (!fits) {
            throw InputException.of(
                    file.path(),
                    "this checkpoint is damaged, or the data have become too few for where it stands: the run has no "
                            + position);
        }
    }

    /** Puts the parameters back. */
    void restore(CompiledModel model) throws InputException {
        for (ModelParameter parameter : model.weights().all()) {
            model.weights()
                    .write(
                            parameter,
                            state.floats(parameter.name(), parameter.parameter().shape()));
        }
        model.step(state.whole("steps"));
    }

    private List<String> parameters(CompiledModel model) {
        List<String> differences = new ArrayList<>();
        for (ModelParameter parameter : model.weights().all()) {
            List<Integer> here = parameter.parameter().shape().extents();
            file.find(parameter.name())
                    .ifPresentOrElse(
                            entry -> {
                                if (!entry.shape().toString().equals(here.toString())) {
                                    differences.add(parameter.name() + ": " + entry.shape() + " in the checkpoint, "
                                            + here + " here");
                                }
                            },
                            () -> differences.add(parameter.name() + ": " + here + " here, not in the checkpoint"));
        }
        for (SafetensorsFile.Entry entry : file.entries()) {
            boolean isState = entry.name().indexOf('/') >= 0;
            if (!isState && model.weights().find(entry.name()).isEmpty()) {
                differences.add(entry.name() + ": " + entry.shape() + " in the checkpoint, not here");
            }
        }
        return differences;
    }

    @Override
    public void close() throws InputException {
        file.close();
    }
}
