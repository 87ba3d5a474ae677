package dev.fovea.compiler.elaborate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where layers get their names: a prefix, and how many unlabelled ones of each kind there were below it. */
final class NameScope {
    private final String prefix;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> labelled = new HashMap<>();

    private final Set<String> lost = new HashSet<>();

    private NameScope(String prefix) {
        this.prefix = prefix;
    }

    /** The scope of a model. */
    static NameScope ofModel() {
        return new NameScope("");
    }

    /** The whole name of a layer: its label, or its kind and a number from 1. */
    String name(Optional<String> label, String kind) {
        return prefix + label.orElseGet(() -> kind + counts.merge(kind, 1, Integer::sum));
    }

    /** Notes what node a labelled layer is; a later one takes the label over. */
    void label(String label, int node) {
        labelled.put(label, node);
    }

    /** The node of the layer that has a label in this scope. */
    Optional<Integer> labelled(String label) {
        return Optional.ofNullable(labelled.get(label));
    }

    /** Notes the label of a layer that could not be made. */
    void lose(String label) {
        lost.add(label);
    }

    /** Whether a layer of this label could not be made, which has been reported. */
    boolean isLost(String label) {
        return lost.contains(label);
    }

    /** The labels of the layers so far. */
    Set<String> labels() {
        return labelled.keySet();
    }

    /** The scope of a block call that has this whole name. */
    static NameScope below(String name) {
        return new NameScope(name + ".");
    }

    /** {@code DenseLayer} as {@code dense_layer}. */
    static String snakeCase(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean begins = Character.isUpperCase(c)
                    && i > 0
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || Character.isDigit(name.charAt(i - 1))
                            || (Character.isUpperCase(name.charAt(i - 1))
                                    && i + 1 < name.length()
                                    && Character.isLowerCase(name.charAt(i + 1))));
            if (begins) {
                out.append('_');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }
}
