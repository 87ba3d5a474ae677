package dev.fovea.runtime.simd;

/**
 * The transforms of Winograd's minimal filtering F(4×4, 3×3), each along the columns of a panel: 4×4 outputs of a 3×3 kernel from
 * a 6×6 patch by 36 multiplications in place of 144. {@code Y = Aᵀ[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]A} with the matrices of Lavin and Gray,
 * <i>Fast Algorithms for Convolutional Neural Networks</i>, 2015. The gradient of the kernel is the same read backwards: {@code dg =
 * Gᵀ[(A·dY·Aᵀ) ⊙ (Bᵀ·d·B)]G}, summed over the patches before the last transform.
 */
public interface WinogradSimd {
    /** Outputs of a patch along each axis. */
    int OUTPUTS = 4;

    /** Elements of a patch along each axis. */
    int PATCH = 6;

    /** Elements of a patch. */
    int POSITIONS = PATCH * PATCH;

    /** Elements of a kernel along each axis. */
    int KERNEL = 3;

    /** Kernels transformed at a time; as many are always written. */
    int kernelGroup();

    /** From one transformed row to the next, for {@link #patchRows} and {@link #patches} of so many patches, in floats. */
    int rowFloats(int patches);

    /** What {@link #patches} works with for so many, in floats. */
    int partedFloats(int patches);

    /**
     * {@code t = Bᵀ·d} for the patches of a row, down the columns: {@code t[i][x] = Σ_k B[k][i]·d[k][x]}.
     *
     * @param rows where the six rows of d begin; negative for a row of zeros
     * @param length columns; they are read and written in whole pieces, see {@link MatrixSimd#piece}
     * @param t row i begins at {@code tAt + i·tStride}
     * @param zerosAt where as many zeros are in t
     */
    void patchRows(float[] d, int[] rows, int length, float[] t, int tAt, int tStride, int zerosAt);

    /**
     * {@code V = t·B} for runs of patches side by side, along the rows: patch p begins in column {@code 4·p} and goes on in the columns
     * of the next, but for the last of each run, whose last two columns lie apart.
     *
     * @param t of {@link #patchRows}, its rows {@link #rowFloats} apart
     * @param patches of all runs
     * @param lasts the last patch of each run
     * @param runs how many there are
     * @param endsAt where the last patches' last columns are in t: {@code [runs, 6, 2]}
     * @param parted {@link #partedFloats} to work with
     * @param pieces pairs of a piece's first patch and where that goes; each {@link MatrixSimd#piece} long or shorter, but always written in that length, so
     *     that what the next begins with is put right
     * @param pieceCount how many pairs
     * @param v position p of a piece's first patch goes to {@code vAt + p·positionStride} and what the pair says, and those of the patches behind it follow
     */
    void patches(
            float[] t,
            int tAt,
            int patches,
            int[] lasts,
            int runs,
            int endsAt,
            float[] parted,
            int partedAt,
            int[] pieces,
            int pieceCount,
            float[] v,
            int vAt,
            int positionStride);

    /**
     * {@code U = G·g·Gᵀ} for {@link #kernelGroup} kernels.
     *
     * @param g the kernels' elements, {@code [9, kernelGroup]}, and behind them room for {@code [18, kernelGroup]}
     * @param u position p of kernel i goes to {@code uAt + p·positionStride + i}
     */
    void kernels(float[] g, int gAt, float[] u, int uAt, int positionStride);

    /**
     * {@code Y = Aᵀ·m·A + first}.
     *
     * @param m position p of column i at {@code mAt + p·positionStride + i}, overwritten
     * @param width columns, a multiple of {@link MatrixSimd#columns}
     * @param y {@code [4, 4·width]}: the rows of the patches, side by side in the order of the columns
     */
    void outputs(float[] m, int mAt, int positionStride, int width, float first, float[] y, int yAt);

    /**
     * {@code E = A·dY·Aᵀ}.
     *
     * @param dy {@code [16, width]}
     * @param width columns, a multiple of {@link MatrixSimd#columns}
     * @param e position p of column i goes to {@code eAt + p·positionStride + i}
     */
    void outputGradients(float[] dy, int dyAt, int width, float[] e, int eAt, int positionStride);

    /**
     * {@code dg = Gᵀ·s·G}.
     *
     * @param s position p of column i at {@code sAt + p·positionStride + i}, overwritten
     * @param width columns, a multiple of {@link MatrixSimd#columns}
     * @param dg {@code [9, width]}
     */
    void kernelGradients(float[] s, int sAt, int positionStride, int width, float[] dg, int dgAt);
}
