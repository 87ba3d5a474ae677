package dev.fovea.opencl;

import static java.util.Map.entry;

import dev.fovea.ops.Elu;
import dev.fovea.ops.HardSigmoid;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Relu6;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.Tanh;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the functions of {@code activations.cl} an operator is.
 *
 * @param code its number there, 0 for none
 * @param slope leaky_relu's below zero, or elu's alpha
 */
record FusedActivation(int code, float slope) {
    private static final int RELU = 1;

    /** No activation. */
    static final FusedActivation NONE = new FusedActivation(0, 0);

    private static final Map<Class<? extends Op>, Integer> CODES = Map.ofEntries(
            entry(Relu.class, RELU),
            entry(LeakyRelu.class, 2),
            entry(Sigmoid.class, 3),
            entry(Tanh.class, 4),
            entry(Relu6.class, 5),
            entry(HardSigmoid.class, 6),
            entry(Elu.class, 7),
            entry(Selu.class, 8),
            entry(ScaledTanh.class, 9),
            entry(Softplus.class, 10));

    /** Whether there is a function for it; nothing always has one. */
    static boolean isCovered(Optional<Op> activation) {
        return activation.isEmpty() || CODES.containsKey(activation.get().getClass());
    }

    /** The function of what is fused behind an operator. */
    static FusedActivation of(Optional<Op> activation) {
        return activation.map(FusedActivation::of).orElse(NONE);
    }

    /**
     * The function of an activation.
     *
     * @throws IllegalArgumentException when there is none
     */
    static FusedActivation of(Op activation) {
        Integer code = CODES.get(activation.getClass());
        if (code == null) {
            throw new IllegalArgumentException("activations.cl has no `" + activation.name() + "`");
        }
        return new FusedActivation(code, slope(activation));
    }

    private static float slope(Op activation) {
        if (activation instanceof LeakyRelu leaky) {
            return leaky.slope();
        }
        return activation instanceof Elu elu ? elu.alpha() : 0;
    }

    /** Which function it is, as a number that a program is built with: its slope remains an argument. */
    Defines define() {
        return new Defines().with("ACTIVATION", code);
    }

    /** The same where that is worth a program of its own, for none and for ReLU; of others the arguments say which. */
    Defines defineIfFrequent() {
        return code <= RELU ? define() : asArgument();
    }

    /** What a program is built with whose arguments say which function it is. */
    static Defines asArgument() {
        return new Defines().with("ACTIVATION", -1);
    }

    /**
     * Sets the two arguments of a kernel that chooses the function as it runs.
     *
     * @return the index of the argument that follows
     */
    int set(ClKernel kernel, int index) {
        kernel.set(index, code).set(index + 1, slope);
        return index + 2;
    }
}
