package dev.fovea.runtime.cpu.gemm;

/** One of the three products of a dense layer. */
interface DensePass {
    /** Does it for the first {@code samples} of a batch. */
    void run(int samples);

    /** How, in a word for people; empty where there is but one way. */
    default String algorithm() {
        return "";
    }
}
