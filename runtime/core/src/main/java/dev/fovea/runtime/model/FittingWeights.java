package dev.fovea.runtime.model;

import java.util.List;

/**
 * What {@link Weights#loadFitting} took from a file.
 *
 * @param loaded the parameters that now have the file's values
 * @param unfit those that keep what they had, each with the reason: {@code fc.weight: [1000, 512] in the file, [10, 512] in the model}
 * @param unused the file's tensors that the model has no parameter for
 */
public record FittingWeights(List<String> loaded, List<String> unfit, List<String> unused) {
    /** Copies the lists. */
    public FittingWeights {
        loaded = List.copyOf(loaded);
        unfit = List.copyOf(unfit);
        unused = List.copyOf(unused);
    }
}
