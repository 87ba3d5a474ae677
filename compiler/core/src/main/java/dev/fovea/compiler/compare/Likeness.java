package dev.fovea.compiler.compare;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Trait;
import java.util.Locale;

/**
 * How much one layer looks like another. A name that the author gave says most, for weights are found by it; one that the
 * compiler counted ({@code relu3}) says next to nothing, for it moves with every layer put in front of it.
 */
final class Likeness {
    private Likeness() {}

    /** 0 where they cannot be a pair, else from 1 to 16. */
    static int of(OpNode from, OpNode to) {
        boolean sameOperator = from.op().name().equals(to.op().name());
        boolean sameName = from.name().equals(to.name());
        boolean given = !isCounted(from) && !isCounted(to);
        int alike = (from.op().equals(to.op()) ? 3 : 0)
                + (from.shape().equals(to.shape()) ? 2 : 0)
                + (scope(from).equals(scope(to)) ? 1 : 0);
        if (sameName && (given || sameOperator)) {
            return (given ? 8 : 1) + (sameOperator ? 2 : 0) + alike;
        }
        if (sameOperator) {
            return 2 + alike;
        }
        boolean replaced = isActivation(from) && isActivation(to);
        return replaced ? 1 : 0;
    }

    private static boolean isActivation(OpNode node) {
        return node.op().def().has(Trait.ACTIVATION) || node.op().def().has(Trait.NONLINEARITY);
    }

    /** Whether nothing at all is different. */
    static boolean isIdentical(OpNode from, OpNode to) {
        return from.name().equals(to.name())
                && from.op().equals(to.op())
                && from.shape().equals(to.shape());
    }

    /** Whether the last part of a layer's name is its operator's with a number: given by nobody. */
    static boolean isCounted(OpNode node) {
        String last = node.name().substring(node.name().lastIndexOf('.') + 1);
        String operator = node.op().name().toLowerCase(Locale.ROOT);
        return last.startsWith(operator)
                && last.length() > operator.length()
                && last.substring(operator.length()).chars().allMatch(Character::isDigit);
    }

    /** The part of a layer's name in front of its own: that of the block that it stands in; empty in a model's own body. */
    static String scope(OpNode node) {
        return node.name().substring(0, Math.max(0, node.name().lastIndexOf('.')));
    }
}
