package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A run ended early because it was asked to. Its last step is complete. */
public final class TrainingStoppedException extends FoveaException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Path> checkpoint;

    TrainingStoppedException(String place, Optional<Path> checkpoint) {
        super(
                "stopped on request in " + place
                        + checkpoint
                                .map(file -> "; where it stands is in " + file)
                                .orElse("; nothing was written"),
                List.of());
        this.checkpoint = checkpoint;
    }

    /** The file to resume from, where the run writes checkpoints. */
    public Optional<Path> checkpoint() {
        return checkpoint;
    }
}
