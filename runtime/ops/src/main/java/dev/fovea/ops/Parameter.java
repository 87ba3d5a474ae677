package dev.fovea.ops;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor an operator owns: a weight, a bias, a running mean.
 *
 * @param name the last segment of its full name: {@code weight}; empty where the layer is nothing but its parameter, which
 *     then has the layer's own name
 * @param shape PyTorch's layout
 * @param role whether an optimizer moves it
 * @param initializer its values before training
 * @param fanIn the inputs that feed one output, for the initialisers that scale by it; the mean where a table says
 * @param fanOut the outputs that one input feeds; likewise
 * @param connections for each index of axis 0 the indices of axis 1 that exist; all when empty. The rest of the tensor is
 *     there, so that it keeps its layout, but always zero, and not counted
 */
public record Parameter(
        String name,
        Shape shape,
        Role role,
        Initializer initializer,
        long fanIn,
        long fanOut,
        List<List<Integer>> connections) {
    /** What becomes of a parameter in training. */
    public enum Role {
        /** Moved by the optimizer along its gradient, weight decay included. */
        TRAINABLE,
        /** Written by the operator itself in training: running statistics. Has no gradient. */
        STATE,
        /** Never changes. */
        FIXED
    }

    /** Copies the table. */
    public Parameter {
        connections = connections.stream().map(List::copyOf).toList();
    }

    /** A trainable parameter all of whose elements count. */
    public static Parameter trainable(String name, Shape shape, Initializer initializer, long fanIn, long fanOut) {
        return new Parameter(name, shape, Role.TRAINABLE, initializer, fanIn, fanOut, List.of());
    }

    /** State that the operator updates while training. */
    public static Parameter state(String name, Shape shape, Initializer initializer) {
        return new Parameter(name, shape, Role.STATE, initializer, 1, 1, List.of());
    }

    /** A constant that is stored with the weights. */
    public static Parameter fixed(String name, Shape shape, Initializer initializer) {
        return new Parameter(name, shape, Role.FIXED, initializer, 1, 1, List.of());
    }

    /** Whether an optimizer moves it. */
    public boolean isTrainable() {
        return role == Role.TRAINABLE;
    }

    /** The elements that are counted as parameters: fewer than the shape's with a table, 0 for what is not trained. */
    public long count() {
        if (!isTrainable()) {
            return 0;
        }
        return connections.isEmpty()
                ? shape.size()
                : Math.multiplyExact(connections.stream().mapToLong(List::size).sum(), block());
    }

    /** The inputs that feed the outputs of one index of axis 0. */
    public long fanIn(int row) {
        return connections.isEmpty()
                ? fanIn
                : Math.multiplyExact((long) connections.get(row).size(), block());
    }

    /**
     * Sets to zero what the table leaves out.
     *
     * @param values as many as the shape has elements
     */
    public void clearUnconnected(float[] values) {
        if (connections.isEmpty()) {
            return;
        }
        int block = (int) block();
        for (int row = 0; row < connections.size(); row++) {
            for (int column = 0; column < shape.extent(1); column++) {
                if (!connections.get(row).contains(column)) {
                    int at = (row * shape.extent(1) + column) * block;
                    Arrays.fill(values, at, at + block, 0);
                }
            }
        }
    }

    /** The elements of one entry of the table. */
    private long block() {
        return shape.size() / ((long) shape.extent(0) * shape.extent(1));
    }
}
