package dev.fovea.opencl;

import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tanh;
import java.util.Optional;

/** Which of the functions of {@code activations.cl} an operator is. */
final class FusedActivation {
    private FusedActivation() {}

    /** Whether a program can apply it; nothing always can. */
    static boolean isCovered(Optional<Op> activation) {
        return activation.isEmpty() || code(activation.get()) > 0;
    }

    /** The numbers that {@code activations.cl} expects. */
    static Defines defines(Optional<Op> activation) {
        float slope = activation.isPresent() && activation.get() instanceof LeakyRelu leaky ? leaky.slope() : 0;
        return new Defines()
                .with("ACTIVATION", activation.map(FusedActivation::code).orElse(0))
                .with("SLOPE", slope);
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
}
