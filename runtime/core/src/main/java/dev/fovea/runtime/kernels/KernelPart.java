package dev.fovea.runtime.kernels;

import java.util.Locale;

/**
 * A piece of what a kernel does, for whoever asks where the time goes.
 *
 * @param pass what it computes
 * @param algorithm how, where there is a choice: {@code winograd}; else empty
 * @param work does it
 */
public record KernelPart(Pass pass, String algorithm, Work work) {
    /**
     * Winograd's minimal filtering F(4×4, 3×3), which multiplies 36 times where the direct product does 144 times: A. Lavin and S. Gray, "Fast
     * Algorithms for Convolutional Neural Networks", 2015.
     */
    public static final String WINOGRAD = "winograd";

    /** The gradient of a bias from the sums of planes that come with the output's gradient. */
    public static final String GIVEN = "given";

    /** What a part computes. */
    public enum Pass {
        /** The output. */
        FORWARD,
        /** The output's gradient taken through the activation that is fused behind the operator. */
        ACTIVATION_GRADIENT,
        /** The gradient of the input. */
        INPUT_GRADIENT,
        /** The gradient of the weight. */
        WEIGHT_GRADIENT,
        /** The gradient of the bias. */
        BIAS_GRADIENT,
        /** All gradients in one. */
        BACKWARD;

        /** In words: {@code input gradient}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Does a part of what a kernel does. */
    @FunctionalInterface
    public interface Work {
        /** Does it for a run of the kernel. */
        void run(Run run);
    }
}
