package dev.fovea.ops;

/**
 * A tensor an operator owns: a weight, a bias, a running mean.
 *
 * @param name the last segment of its full name: {@code weight}
 * @param shape PyTorch's layout
 * @param role whether an optimizer moves it
 * @param initializer its values before training
 * @param fanIn the inputs that feed one output, for the initialisers that scale by it
 * @param fanOut the outputs that one input feeds
 * @param count the elements that are counted as parameters: fewer than the shape's with a connection table, 0 for state
 */
public record Parameter(
        String name, Shape shape, Role role, Initializer initializer, long fanIn, long fanOut, long count) {
    /** What becomes of a parameter in training. */
    public enum Role {
        /** Moved by the optimizer along its gradient, weight decay included. */
        TRAINABLE,
        /** Written by the operator itself in training: running statistics. Has no gradient. */
        STATE,
        /** Never changes. */
        FIXED
    }

    /** A trainable parameter all of whose elements count. */
    public static Parameter trainable(String name, Shape shape, Initializer initializer, long fanIn, long fanOut) {
        return new Parameter(name, shape, Role.TRAINABLE, initializer, fanIn, fanOut, shape.size());
    }

    /** State that the operator updates while training. */
    public static Parameter state(String name, Shape shape, Initializer initializer) {
        return new Parameter(name, shape, Role.STATE, initializer, 1, 1, 0);
    }

    /** Whether an optimizer moves it. */
    public boolean isTrainable() {
        return role == Role.TRAINABLE;
    }
}
