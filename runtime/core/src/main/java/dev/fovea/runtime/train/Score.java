package dev.fovea.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a model did on some samples.
 *
 * @param loss the mean over the samples of the weighted sum of the losses; NaN where all losses belong to train-only outputs
 * @param metrics by name, in the order of the recipe: shares from 0 to 1
 * @param samples how many
 */
public record Score(double loss, Map<String, Double> metrics, long samples) {
    /** Copies the map. */
    public Score {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
