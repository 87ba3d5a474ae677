package dev.fovea.runtime.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When a run writes down where it stands, and where to. The file is replaced each time, in one step: at every moment it is a whole
 * checkpoint or not there. It is written after each epoch, when the run is asked to stop or its data fail, and at its end. A recipe's entry {@code checkpoint
 * every(epochs=n)} keeps the checkpoints of every n-th epoch of the run beside it, see {@link #kept}.
 *
 * @param file a safetensors file: the weights under their own names, so that it also serves as a file of weights; the optimizer's state
 *     and the sums of the epoch; in its metadata the position in the run and what the run is of
 * @param interval how long after a checkpoint the next one is due within an epoch; empty for the ends of epochs only
 */
public record CheckpointPlan(Path file, Optional<Duration> interval) {
    /** Checks the interval. */
    public CheckpointPlan {
        if (interval.isPresent()
                && (interval.get().isNegative() || interval.get().isZero())) {
            throw new IllegalArgumentException("the time between checkpoints must be positive, not " + interval.get());
        }
    }

    /**
     * The file of a checkpoint that stays: {@code checkpoint-epoch-0005.safetensors} beside {@code checkpoint.safetensors}.
     *
     * @param epoch of the whole run, from 1
     */
    public Path kept(int epoch) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String ending = dot < 0 ? "" : name.substring(dot);
        return file.resolveSibling(String.format(Locale.ROOT, "%s-epoch-%04d%s", stem, epoch, ending));
    }
}
