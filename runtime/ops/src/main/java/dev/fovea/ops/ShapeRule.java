package dev.fovea.ops;

import java.util.List;

/** From the shapes of the inputs to the shape of the output, each per sample. */
@FunctionalInterface
public interface ShapeRule<T extends Op> {
    /**
     * The output's shape.
     *
     * @param inputs as many as the definition's inputs, already counted; each of less than 2^31 elements a sample
     * @throws Misfit when the operator cannot be applied to these shapes
     */
    Shape infer(T op, List<Shape> inputs, Findings findings) throws Misfit;
}
