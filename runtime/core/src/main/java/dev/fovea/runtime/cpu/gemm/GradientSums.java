package dev.fovea.runtime.cpu.gemm;

/**
 * How the sums of a {@link WeightGradient} are laid out and added up, for one group of M output channels and K terms. A
 * tile is K' rows of the implicit matrix and M of the output's gradient, both with the tile's outputs in columns.
 */
sealed interface GradientSums permits LaneSums, PanelSums {
    /** The most rows of the implicit matrix in a tile. */
    int blockDepth();

    /** Floats for the output's gradient of a tile with rows of this length. */
    long gradientSize(int stride);

    /** Floats for all sums. */
    long size();

    /**
     * Brings a piece of a row of the output's gradient to where {@link #add} wants it.
     *
     * @param channel the row
     * @param column the tile's column of the piece's first element
     */
    void bring(float[] source, int from, int length, int channel, float[] work, int gradientAt, int column, int stride);

    /** Sets the sums of rows {@code first} to {@code end} to zero. */
    void clear(int first, int end, float[] sums, int sumsAt);

    /**
     * Adds a tile's products to the sums of rows {@code first} to {@code end}.
     *
     * @param work with the rows of the implicit matrix at {@code packedAt}, each {@code stride} long, and the output's
     *     gradient at {@code gradientAt}; both may be written behind the last column
     */
    void add(
            float[] work,
            int packedAt,
            int gradientAt,
            int columns,
            int stride,
            int first,
            int end,
            float[] sums,
            int sumsAt);

    /** The number of calls of {@link #store} that store all. */
    int shares();

    /** Where the sums of a share begin; for the share behind the last, {@link #size}. */
    int shareAt(int share);

    /** Writes a share of the sums to the gradient {@code [M, K]}, or adds it. */
    void store(int share, float[] sums, int sumsAt, float[] gradient, int gradientAt, boolean accumulate);
}
