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

    /** The epoch whose weights the model has: of those of the last phase the best, where the recipe keeps it, else the last. */
    public EpochReport kept() {
        for (int i = epochs.size() - 1; i >= 0; i--) {
            boolean isOfLastPhase = i + epochs.get(epochs.size() - 1).epoch() >= epochs.size();
            if (isOfLastPhase && epochs.get(i).best()) {
                return epochs.get(i);
            }
        }
        return last();
    }
}
