package dev.fovea.compiler.compare;

import dev.fovea.compiler.graph.OpNode;
import java.util.List;
import java.util.Optional;

/**
 * A layer on the way from one model to the other.
 *
 * @param kind what became of it
 * @param from the layer of the first model; empty for one that was added
 * @param to the layer of the second model; empty for one that was removed
 * @param details what is different about it, a phrase each: {@code kernel 3 → 5}
 */
public record Step(Kind kind, Optional<OpNode> from, Optional<OpNode> to, List<String> details) {
    /** Copies the list. */
    public Step {
        details = List.copyOf(details);
        if (from.isEmpty() && to.isEmpty()) {
            throw new IllegalArgumentException("a step of no layer");
        }
    }

    /** What became of a layer. */
    public enum Kind {
        /** The same name, operator, arguments and shape. */
        SAME,
        CHANGED,
        /** At another place in the order; may be changed, too. */
        MOVED,
        ADDED,
        REMOVED
    }

    /** The layer in the model that has it, the second if both have. */
    public OpNode node() {
        return to.or(() -> from).orElseThrow();
    }
}
