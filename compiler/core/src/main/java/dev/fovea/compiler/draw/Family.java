package dev.fovea.compiler.draw;

import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Trait;

/** Kinds of boxes, each with a colour. What an operator is, its record says: no name is looked at. */
enum Family {
    INPUT("#f1f5f9", "#64748b"),
    OUTPUT("#f1f5f9", "#64748b"),
    /** A block that is closed. */
    BLOCK("#ede9fe", "#7c3aed"),
    /** Multiplies by weights. */
    WEIGHTS("#dbeafe", "#2563eb"),
    /** Has parameters, and multiplies little. */
    NORMALIZATION("#dcfce7", "#16a34a"),
    ACTIVATION("#ffedd5", "#ea580c"),
    /** Brings several tensors together. */
    JOIN("#fce7f3", "#db2777"),
    /** Looks at windows without parameters. */
    POOLING("#ccfbf1", "#0d9488"),
    OTHER("#f5f5f4", "#78716c");

    private final String fill;
    private final String stroke;

    Family(String fill, String stroke) {
        this.fill = fill;
        this.stroke = stroke;
    }

    String fill() {
        return fill;
    }

    String stroke() {
        return stroke;
    }

    static Family of(Graph graph, OpNode node) {
        if (Costs.macs(graph, node) > 0) {
            return WEIGHTS;
        }
        if (node.inputs().size() > 1) {
            return JOIN;
        }
        if (!node.parameters().isEmpty()) {
            return NORMALIZATION;
        }
        if (node.op().def().has(Trait.ACTIVATION) || node.op().def().has(Trait.PROBABILITIES)) {
            return ACTIVATION;
        }
        boolean resizes = !graph.node(node.inputs().get(0)).shape().equals(node.shape());
        return resizes && !node.op().def().has(Trait.VIEW) ? POOLING : OTHER;
    }
}
