package dev.fovea.compiler.pass;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Op;
import dev.fovea.ops.Reads;
import java.util.List;
import java.util.Optional;

/**
 * One kernel call: an operator and what was fused behind it.
 *
 * @param node the operator
 * @param activation the activation that the call also does
 */
public record Call(OpNode node, Optional<OpNode> activation) {
    /** A call of one operator alone. */
    public static Call of(OpNode node) {
        return new Call(node, Optional.empty());
    }

    /** The operator. */
    public Op op() {
        return node.op();
    }

    /** The layer's whole dotted name. */
    public String name() {
        return node.name();
    }

    /** The ids of the nodes it reads. */
    public List<Integer> inputs() {
        return node.inputs();
    }

    /** The node whose tensor it gives. */
    public OpNode output() {
        return activation.orElse(node);
    }

    /** Whether its backward reads the values of its inputs. */
    public boolean readsInputs() {
        return op().def().reads(Reads.INPUTS);
    }

    /** Whether its backward reads the values of its output. */
    public boolean readsOutput() {
        return op().def().reads(Reads.OUTPUT)
                || activation.filter(a -> a.op().def().reads(Reads.OUTPUT)).isPresent();
    }
}
