package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The labels of a model and the beginnings of labels: what {@code freeze} and {@code layerwise} can name; and its inputs. Made
 * once for all recipes of a model.
 */
final class LayerPaths {
    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> withParameters = new LinkedHashSet<>();
    private final Map<String, InputNode> inputs = new LinkedHashMap<>();
    private final List<GraphParameter> parameters;

    LayerPaths(Draft draft) {
        this.parameters = draft.parameters();
        for (GraphParameter parameter : draft.parameters()) {
            add(parameter.name(), withParameters);
        }
        for (Node node : draft.nodes()) {
            add(node.name(), all);
            if (node instanceof InputNode input && !input.name().isEmpty()) {
                inputs.put(input.name(), input);
            }
        }
    }

    private static void add(String name, Set<String> into) {
        String path = name;
        while (!path.isEmpty() && into.add(path)) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }
    }

    /** Whether a layer has this name, or one that begins with it. */
    boolean isLayer(String path) {
        return all.contains(path) || withParameters.contains(path);
    }

    /** Whether there are parameters below a name. */
    boolean hasParameters(String path) {
        return withParameters.contains(path);
    }

    /** The layers with parameters whose names begin so. */
    List<String> below(String path) {
        return all.stream()
                .filter(name -> name.startsWith(path + ".") && withParameters.contains(name))
                .filter(name ->
                        withParameters.stream().noneMatch(other -> other.startsWith(name + ".") && all.contains(other)))
                .toList();
    }

    /** All names and beginnings of names with parameters: for "did you mean". */
    Set<String> names() {
        return Collections.unmodifiableSet(withParameters);
    }

    /** The inputs of the model by name. */
    Map<String, InputNode> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** Whether no trainable parameter is outside of these labels. */
    boolean areAll(Set<String> paths) {
        return parameters.stream()
                .filter(one -> one.parameter().isTrainable())
                .allMatch(one -> isBelow(one.name(), paths));
    }

    private static boolean isBelow(String name, Set<String> paths) {
        String path = name;
        while (!path.isEmpty() && !paths.contains(path)) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }
        return !path.isEmpty();
    }
}
