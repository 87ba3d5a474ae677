package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import java.util.List;

/**
 * The forward pass of an operator in {@code double}. Its derivatives need no code: they are central differences of it.
 *
 * <p>How far a kernel in {@code float} may be off is 2·γ(K)·M, with K the {@link #terms} and M the {@link #magnitude} of an
 * element (Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2002, section 3.1).
 */
public interface Oracle<T extends Op> {
    /** The output, with the batch as axis 0. */
    DoubleTensor forward(Call<T> call);

    /** The roundings that one element of the output may pass through: 0 where it must be exact. */
    int terms(Call<T> call);

    /** What those roundings are relative to: Σ|a·b| for a sum of products, the default. */
    default DoubleTensor magnitude(Call<T> call) {
        return forward(call.absolute());
    }

    /**
     * A bound on the terms that cancel within one derivative of one element of the output; 0 where each derivative is a
     * single product.
     */
    default double cancelling(Call<T> call) {
        return 0;
    }

    /** Whether the inputs' gradients are zero whatever the derivatives are. */
    default boolean stopsGradient() {
        return false;
    }

    /** The parameters after a forward pass: others than before only for state, in training. */
    default List<DoubleTensor> stateAfter(Call<T> call) {
        return call.parameters();
    }
}
