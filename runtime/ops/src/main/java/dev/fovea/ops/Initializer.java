package dev.fovea.ops;

/**
 * How a parameter is filled before training. Two families cover all: a normal and a uniform distribution, of given
 * numbers or scaled by the fans of the parameter; and a constant.
 *
 * @param kind the distribution
 * @param first mean, lower bound or the constant; the gain for the scaled kinds
 * @param second deviation or upper bound; unused by the others
 */
public record Initializer(Kind kind, float first, float second) {
    /** The distributions. */
    public enum Kind {
        /** {@code first} everywhere. */
        CONSTANT,
        /** N(first, second²). */
        NORMAL,
        /** U(first, second). */
        UNIFORM,
        /** N(0, gain² / fan_in). */
        FAN_IN_NORMAL,
        /** U(−b, b), b = gain·√(3 / fan_in). */
        FAN_IN_UNIFORM,
        /** N(0, gain² / fan_out): He et al. 2015 for residual networks. */
        FAN_OUT_NORMAL,
        /** N(0, gain²·2 / (fan_in + fan_out)): Glorot and Bengio 2010. */
        FAN_AVERAGE_NORMAL,
        /** U(−b, b), b = gain·√(6 / (fan_in + fan_out)): Glorot and Bengio 2010. */
        FAN_AVERAGE_UNIFORM,
        /** {@code first} or −{@code first}, each equally likely. */
        SIGNS
    }

    /** All zeros. */
    public static final Initializer ZEROS = constant(0);
    /** All ones. */
    public static final Initializer ONES = constant(1);
    /** PyTorch's default for the weight and bias of convolutions and dense layers: U(−1/√fan_in, 1/√fan_in). */
    public static final Initializer DEFAULT = new Initializer(Kind.FAN_IN_UNIFORM, (float) Math.sqrt(1.0 / 3.0), 0);

    /** 1 or −1, each equally likely. */
    public static final Initializer SIGNS = new Initializer(Kind.SIGNS, 1, 0);

    /** One value everywhere. */
    public static Initializer constant(float value) {
        return new Initializer(Kind.CONSTANT, value, 0);
    }
}
