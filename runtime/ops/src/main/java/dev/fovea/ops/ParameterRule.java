package dev.fovea.ops;

import java.util.List;

/** The parameters of an operator at given shapes, in the order in which kernels receive them. */
@FunctionalInterface
public interface ParameterRule<T extends Op> {
    /**
     * The parameters; the shapes are those the shape rule accepted.
     *
     * @throws ArithmeticException where a parameter's size does not fit 64 bits
     */
    List<Parameter> of(T op, List<Shape> inputs, Shape output);
}
