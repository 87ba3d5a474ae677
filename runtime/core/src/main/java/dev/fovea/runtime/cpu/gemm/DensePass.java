package dev.fovea.runtime.cpu.gemm;

/** One of the three products of a dense layer. */
interface DensePass {
    /** Does it for the first {@code samples} of a batch. */
    void run(int samples);

    /** How, in a word for people; empty for the usual way backward. */
    default String algorithm() {
        return "";
    }
}
