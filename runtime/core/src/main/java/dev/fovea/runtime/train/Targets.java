package dev.fovea.runtime.train;

import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which targets a phase needs: a phase without labels trains on data without labels. */
final class Targets {
    private Targets() {}

    static List<Target> used(Recipe recipe, Phase phase) {
        Set<String> names = new HashSet<>();
        phase.losses().forEach(term -> names.add(term.target()));
        phase.metrics().forEach(use -> names.add(use.target()));
        return recipe.targets().stream()
                .filter(target -> names.contains(target.name()))
                .toList();
    }
}
