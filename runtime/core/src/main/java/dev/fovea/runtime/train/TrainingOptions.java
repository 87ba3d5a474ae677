package dev.fovea.runtime.train;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a run adds to its recipe.
 *
 * @param seed of shuffling and augmentation; where it is empty the recipe's, else the model's
 * @param nanoTime the clock for speeds, times left and checkpoints
 * @param checkpoints when and where it writes down how far it has come; empty for never
 * @param stop asked after each step, on the training thread: where it says yes the run writes a checkpoint and ends with a {@link
 *     TrainingStoppedException}
 * @param labels how many samples are taken to have labels, of each class as many, chosen by the seed: phases that look at targets learn
 *     from those alone, the others from all; empty for all
 */
public record TrainingOptions(
        OptionalLong seed,
        LongSupplier nanoTime,
        Optional<CheckpointPlan> checkpoints,
        BooleanSupplier stop,
        OptionalInt labels) {
    /** As the recipe says. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(OptionalLong.empty(), System::nanoTime);

    /** Without checkpoints. */
    public TrainingOptions(OptionalLong seed, LongSupplier nanoTime) {
        this(seed, nanoTime, Optional.empty(), () -> false, OptionalInt.empty());
    }

    /** With another seed. */
    public TrainingOptions withSeed(long chosen) {
        return new TrainingOptions(OptionalLong.of(chosen), nanoTime, checkpoints, stop, labels);
    }

    /** With checkpoints. */
    public TrainingOptions withCheckpoints(CheckpointPlan plan) {
        return new TrainingOptions(seed, nanoTime, Optional.of(plan), stop, labels);
    }

    /** With a request to stop. */
    public TrainingOptions withStop(BooleanSupplier asked) {
        return new TrainingOptions(seed, nanoTime, checkpoints, asked, labels);
    }

    /**
     * With labels for some samples only.
     *
     * @param count at least one a class, at most all
     */
    public TrainingOptions withLabels(int count) {
        return new TrainingOptions(seed, nanoTime, checkpoints, stop, OptionalInt.of(count));
    }
}
