package dev.fovea.runtime.train;

import java.util.List;

/**
 * What a run is going to do, told to listeners at its start.
 *
 * @param model the model's name
 * @param device in one line
 * @param phases in order
 * @param tested whether there is a data set to test on after each epoch
 * @param classes what the classes of the data are called, in order; empty where they are numbers without names
 */
public record TrainingOutline(
        String model, String device, List<PhaseOutline> phases, boolean tested, List<String> classes) {
    /** Copies the lists. */
    public TrainingOutline {
        phases = List.copyOf(phases);
        classes = List.copyOf(classes);
    }

    /**
     * One phase.
     *
     * @param name empty where the recipe has a single phase
     * @param samples in an epoch
     * @param steps in an epoch
     * @param metrics the names of its metrics, in order
     */
    public record PhaseOutline(String name, int epochs, int samples, int steps, List<String> metrics) {
        /** Copies the list. */
        public PhaseOutline {
            metrics = List.copyOf(metrics);
        }
    }

    /** The steps of all phases. */
    public long steps() {
        return phases.stream()
                .mapToLong(phase -> (long) phase.steps() * phase.epochs())
                .sum();
    }
}
