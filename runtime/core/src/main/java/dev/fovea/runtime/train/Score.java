package dev.fovea.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How well a model did on some samples.
 *
 * @param loss the mean over the samples of the weighted sum of the losses; NaN where all losses belong to train-only outputs
 * @param metrics by name, in the order of the recipe: shares from 0 to 1, but for distances
 * @param samples how many
 * @param confusion of the first output that a metric compares with classes, if there is one
 */
public record Score(double loss, Map<String, Double> metrics, long samples, Optional<ConfusionMatrix> confusion) {
    /** Copies the map. */
    public Score {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Without a confusion matrix. */
    public Score(double loss, Map<String, Double> metrics, long samples) {
        this(loss, metrics, samples, Optional.empty());
    }

    /** The same without the matrix. */
    Score withoutConfusion() {
        return confusion.isEmpty() ? this : new Score(loss, metrics, samples);
    }
}
