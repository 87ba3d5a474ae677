package dev.fovea.ops;

import java.util.Optional;

/**
 * Whose weight a layer uses.
 *
 * @param layer the whole dotted name of a layer; empty where the weight is the layer's own
 */
public record Tie(String layer) {
    /** A weight of its own. */
    public static final Tie NONE = new Tie("");

    /** Whose weight an operator uses: none's but its own where it cannot be tied. */
    public static Tie of(Op op) {
        if (op instanceof Dense dense) {
            return dense.tiedTo();
        }
        return op instanceof ConvTranspose conv ? conv.tiedTo() : NONE;
    }

    /** Whether the weight is another layer's. */
    public boolean isTied() {
        return !layer.isEmpty();
    }

    /** The weight that is used, if it is another layer's. */
    Optional<Borrowed> weight() {
        return isTied() ? Optional.of(new Borrowed(layer, "weight")) : Optional.empty();
    }

    /** The layer, or {@code none}. */
    @Override
    public String toString() {
        return isTied() ? layer : "none";
    }
}
