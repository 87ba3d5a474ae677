package dev.fovea.runtime.cpu.gemm;

/** Computes the gradient of a convolution's input. */
interface InputSums {
    /** By which way its products go, in words for people: mostly one. */
    String algorithm();

    /** Computes it for the first samples of the batch. */
    void run(int samples, float[] weight, int weightAt);
}
