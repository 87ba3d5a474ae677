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
 * @param nanoTime the clock for speeds, waiting for data, times left and checkpoints; read on the training thread
 * @param checkpoints when and where it writes down how far it has come; empty for never
 * @param stop asked after each step, on the training thread: where it says yes the run writes a checkpoint and ends with a {@link
 *     TrainingStoppedException}
 * @param labels how many samples are taken to have labels, of each class as many, chosen by the seed: phases that look at targets learn
 *     from those alone, the others from all; empty for all
 * @param changedData whether a run may be resumed on other data than it was begun with, as when a picture has been put right: it then goes on,
 *     but comes to other weights than an uninterrupted run on either
 */
public record TrainingOptions(
        OptionalLong seed,
        LongSupplier nanoTime,
        Optional<CheckpointPlan> checkpoints,
        BooleanSupplier stop,
        OptionalInt labels,
        boolean changedData) {
    /** As the recipe says. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(OptionalLong.empty(), System::nanoTime);

    /** Without checkpoints. */
    public TrainingOptions(OptionalLong seed, LongSupplier nanoTime) {
        this(seed, nanoTime, Optional.empty(), () -> false, OptionalInt.empty(), false);
    }

    /** With another seed. */
    public TrainingOptions withSeed(long chosen) {
        return new TrainingOptions(OptionalLong.of(chosen), nanoTime, checkpoints, stop, labels, changedData);
    }

    /** With checkpoints. */
    public TrainingOptions withCheckpoints(CheckpointPlan plan) {
        return new TrainingOptions(seed, nanoTime, Optional.of(plan), stop, labels, changedData);
    }

    /** With a request to stop. */
    public TrainingOptions withStop(BooleanSupplier asked) {
        return new TrainingOptions(seed, nanoTime, checkpoints, asked, labels, changedData);
    }

    /**
     * With labels for some samples only.
     *
     * @param count at least one a class, at most all
     */
    public TrainingOptions withLabels(int count) {
        return new TrainingOptions(seed, nanoTime, checkpoints, stop, OptionalInt.of(count), changedData);
    }

    /** Going on with changed data. */
    public TrainingOptions withChangedData() {
        return new TrainingOptions(seed, nanoTime, checkpoints, stop, labels, true);
    }
}
