package dev.fovea.runtime.train;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a run adds to its recipe.
 *
 * @param seed of shuffling and augmentation; where it is empty the recipe's, else the model's
 * @param nanoTime the clock for speeds and times left
 */
public record TrainingOptions(OptionalLong seed, LongSupplier nanoTime) {
    /** As the recipe says. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(OptionalLong.empty(), System::nanoTime);

    /** With another seed. */
    public TrainingOptions withSeed(long chosen) {
        return new TrainingOptions(OptionalLong.of(chosen), nanoTime);
    }
}
