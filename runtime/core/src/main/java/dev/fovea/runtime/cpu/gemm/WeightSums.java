package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.kernels.Gradient;

/** Computes the gradient of a convolution's weight. */
interface WeightSums {
    /** Which way it goes, in a word for people: {@code winograd}. */
    String algorithm();

    /** Computes it from the first samples of the batch. */
    void run(int samples, Gradient target);
}
