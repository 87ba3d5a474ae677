package dev.fovea.runtime.model;

import dev.fovea.runtime.io.SafetensorsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a file of weights a model can begin with: {@link Weights#loadFitting} takes it, {@link #of} only looks.
 *
 * @param loaded the parameters that the file has values for
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

    /** What of a file fits parameters, by name, shape and type; no tensor is read. */
    public static FittingWeights of(SafetensorsFile stored, List<ModelParameter> parameters) {
        List<String> loaded = new ArrayList<>();
        List<String> unfit = new ArrayList<>();
        Set<String> unused = new TreeSet<>();
        stored.entries().stream()
                .map(SafetensorsFile.Entry::name)
                .filter(name -> !name.endsWith(".num_batches_tracked")) // PyTorch's count beside running statistics
                .forEach(unused::add);
        for (ModelParameter parameter : parameters) {
            unused.remove(parameter.name());
            Optional<String> obstacle = obstacle(stored, parameter);
            if (obstacle.isPresent()) {
                unfit.add(parameter.name() + ": " + obstacle.get());
            } else {
                loaded.add(parameter.name());
            }
        }
        return new FittingWeights(loaded, unfit, List.copyOf(unused));
    }

    private static Optional<String> obstacle(SafetensorsFile stored, ModelParameter parameter) {
        Optional<SafetensorsFile.Entry> found = stored.find(parameter.name());
        if (found.isEmpty()) {
            return Optional.of("not in the file");
        }
        List<Long> wanted = Weights.extents(parameter);
        if (!found.get().shape().equals(wanted)) {
            return Optional.of(found.get().shape() + " in the file, " + wanted + " in the model");
        }
        return found.get().type().readsAsFloats()
                ? Optional.empty()
                : Optional.of("of type " + found.get().type());
    }
}
