package dev.fovea.compiler.graph;

import dev.fovea.compiler.source.Span;
import dev.fovea.ops.Shape;
import java.util.List;

/** An {@code input} of the model. */
public record InputNode(int id, String name, Shape shape, Span span) implements Node {
    @Override
    public List<Integer> inputs() {
        return List.of();
    }

    @Override
    public boolean trainOnly() {
        return false;
    }
}
