package dev.fovea.compiler.graph;

import dev.fovea.compiler.source.Span;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.List;

/**
 * An operator applied to tensors.
 *
 * @param parameters places in the graph's parameters, in the order of the operator's parameter rule
 * @param notes what the shape rule had to say for the summary: the meaning of a remainder
 * @param calls the block calls that led here, innermost first; empty in the model's own body
 */
public record OpNode(
        int id,
        String name,
        Op op,
        List<Integer> inputs,
        Shape shape,
        List<Integer> parameters,
        boolean trainOnly,
        List<String> notes,
        Span span,
        List<BlockCall> calls)
        implements Node {
    /** Copies the lists. */
    public OpNode {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
        notes = List.copyOf(notes);
        calls = List.copyOf(calls);
    }

    /**
     * A block call on the way to an operator: {@code Basic}, called as {@code layer2.0}, where.
     *
     * @param recomputed whether what it makes is not kept for backward but made again
     */
    public record BlockCall(String block, String label, Span span, boolean recomputed) {}
}
