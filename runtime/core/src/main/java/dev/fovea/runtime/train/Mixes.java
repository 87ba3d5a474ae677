package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Mixup;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a phase's augmentations say about mixing samples. */
final class Mixes {
    private Mixes() {}

    static boolean any(List<Augmentation> ofInput) {
        return ofInput.stream().anyMatch(Augmentation::mixesSamples);
    }

    /**
     * By how much the samples of a batch are mixed.
     *
     * @throws IllegalArgumentException where inputs are to be mixed differently, which the samples' targets could not follow
     */
    static Optional<Float> alpha(Collection<List<Augmentation>> ofInputs) {
        List<Float> alphas = ofInputs.stream()
                .flatMap(List::stream)
                .filter(Mixup.class::isInstance)
                .map(mixup -> ((Mixup) mixup).alpha())
                .distinct()
                .toList();
        if (alphas.size() > 1) {
            throw new IllegalArgumentException("a batch is mixed in one way, not by mixups of alpha " + alphas);
        }
        return alphas.stream().findFirst();
    }
}
