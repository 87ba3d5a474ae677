package dev.fovea.runtime.cpu.gemm;

/** In which order a {@link GatherProduct} may be given its weight. */
enum WeightOrder {
    /** A row for each output channel. */
    ROWS,
    /** The same or, where {@link Product#takesTurned}, a row for each term of the sum. */
    ROWS_OR_TERMS,
    /** It stays the same for many runs, so that a form of it may be kept: see {@link Product#formFloats}. */
    KEPT
}
