package dev.fovea.runtime.train;

import java.util.List;

/**
 * A run, when it is over.
 *
 * @param outline what it was going to do
 * @param epochs of all phases, in order
 * @param seconds in all, testing included
 */
public record TrainingReport(TrainingOutline outline, List<EpochReport> epochs, double seconds) {
    /** Copies the list. */
    public TrainingReport {
        epochs = List.copyOf(epochs);
    }

    /** The last epoch. */
    public EpochReport last() {
        return epochs.get(epochs.size() - 1);
    }
}
