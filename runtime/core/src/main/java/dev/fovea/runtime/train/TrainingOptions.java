package dev.fovea.runtime.train;

import java.util.Optional;
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
 */
public record TrainingOptions(
        OptionalLong seed, LongSupplier nanoTime, Optional<CheckpointPlan> checkpoints, BooleanSupplier stop) {
    /** As the recipe says. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(OptionalLong.empty(), System::nanoTime);

    /** Without checkpoints. */
    public TrainingOptions(OptionalLong seed, LongSupplier nanoTime) {
        this(seed, nanoTime, Optional.empty(), () -> false);
    }

    /** With another seed. */
    public TrainingOptions withSeed(long chosen) {
        return new TrainingOptions(OptionalLong.of(chosen), nanoTime, checkpoints, stop);
    }

    /** With checkpoints. */
    public TrainingOptions withCheckpoints(CheckpointPlan plan) {
        return new TrainingOptions(seed, nanoTime, Optional.of(plan), stop);
    }

    /** With a request to stop. */
    public TrainingOptions withStop(BooleanSupplier asked) {
        return new TrainingOptions(seed, nanoTime, checkpoints, asked);
    }
}
