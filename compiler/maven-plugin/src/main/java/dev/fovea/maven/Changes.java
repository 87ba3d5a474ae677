package dev.fovea.maven;

import dev.fovea.compiler.FileDependencies;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be generated anew.
 *
 * @param reached the paths of the files whose models may be others than the last time
 * @param kept the classes of the other files
 */
record Changes(Set<String> reached, List<GenerationRecord.Made> kept) {
    /** Copies the collections. */
    Changes {
        reached = Set.copyOf(reached);
        kept = List.copyOf(kept);
    }

    /** All is to be generated. */
    static Changes all(Set<String> files) {
        return new Changes(files, List.of());
    }

    /**
     * What the files that have changed reach.
     *
     * @return empty where more than the content of files has changed: a file or package came or went, and an import may now
     *     find another; or where a class was made of a file that is none of these
     */
    static Optional<Changes> between(
            GenerationRecord last, Map<String, GenerationRecord.Source> now, FileDependencies dependencies) {
        boolean sameFiles = last.sources().keySet().equals(now.keySet());
        Set<String> changed = new HashSet<>();
        boolean samePackages = sameFiles;
        for (Map.Entry<String, GenerationRecord.Source> file : now.entrySet()) {
            GenerationRecord.Source before = last.sources().get(file.getKey());
            if (before != null && !before.equals(file.getValue())) {
                changed.add(file.getKey());
                samePackages &= before.packageName().equals(file.getValue().packageName());
            }
        }
        boolean allOwn = last.classes().stream().allMatch(made -> now.containsKey(made.source()));
        if (!samePackages || !allOwn) {
            return Optional.empty();
        }
        Set<String> reached = dependencies.reached(changed);
        return Optional.of(new Changes(
                reached,
                last.classes().stream()
                        .filter(made -> !reached.contains(made.source()))
                        .toList()));
    }

    /** The names of the classes that are kept. */
    List<String> keptClasses() {
        return kept.stream().map(GenerationRecord.Made::className).toList();
    }
}
