package dev.fovea.opencl;

import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tanh;
import java.util.Optional;

/**
 * Which of the functions of {@code activations.cl} an operator is.
 *
 * @param code its number there, 0 for none
 * @param slope of leaky_relu's negative half
 */
record FusedActivation(int code, float slope) {
    /** No activation. */
    static final FusedActivation NONE = new FusedActivation(0, 0);

    /** Whether there is a function for it; nothing always has one. */
    static boolean isCovered(Optional<Op> activation) {
        return activation.isEmpty() || code(activation.get()) > 0;
    }

    /** The function of what is fused behind an operator. */
    static FusedActivation of(Optional<Op> activation) {
        return activation.map(FusedActivation::of).orElse(NONE);
    }

    /** The function of an activation. */
    static FusedActivation of(Op activation) {
        return new FusedActivation(code(activation), activation instanceof LeakyRelu leaky ? leaky.slope() : 0);
    }

    private static int code(Op op) {
        if (op instanceof Relu) {
            return 1;
        }
        if (op instanceof LeakyRelu) {
            return 2;
        }
        if (op instanceof Sigmoid) {
            return 3;
        }
        return op instanceof Tanh ? 4 : -1;
    }

    /**
     * Sets the two arguments of a kernel.
     *
     * @return the index of the argument that follows
     */
    int set(ClKernel kernel, int index) {
        kernel.set(index, code).set(index + 1, slope);
        return index + 2;
    }
}
