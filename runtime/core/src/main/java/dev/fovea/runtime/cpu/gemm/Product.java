package dev.fovea.runtime.cpu.gemm;

import org.jspecify.annotations.Nullable;

/** A product of a weight and the implicit matrix of a {@link Gather}, by one way or another. */
interface Product {
    /**
     * Computes the outputs of the first samples.
     *
     * @param weights of each group a row for each output channel, one after the other
     * @param biases one for each output channel of all groups, or null
     */
    void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt);
}
