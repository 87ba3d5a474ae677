package dev.fovea.runtime.simd;

/**
 * The transforms of {@link WinogradSimd} for patches in channel blocks: a register holds channels of a pixel, so that rows and columns are but other
 * distances. Patch p of a row reads the pixels from {@code 4·p} to {@code 4·p + 5}.
 */
public interface PatchSimd {
    /**
     * {@code t = Bᵀ·d} down the columns.
     *
     * @param pixels of each of the six rows of d, which are {@code xRow} apart
     * @param t the six rows, {@code tRow} apart
     */
    void patchRows(int pixels, float[] x, int xAt, int xRow, float[] t, int tAt, int tRow);

    /**
     * {@code V = t·B} along a row.
     *
     * @param v position j of patch p goes to {@code vAt + j·vStride + 16·p}
     */
    void patchColumns(int patches, float[] t, int tAt, float[] v, int vAt, int vStride);

    /**
     * {@code t = Aᵀ·m} down the columns.
     *
     * @param m position i of patch p at {@code mAt + i·mStride + 16·p}, six of them
     * @param t row r of patch p goes to {@code tAt + r·tStride + 16·p}, four of them
     */
    void outputRows(int patches, float[] m, int mAt, int mStride, float[] t, int tAt, int tStride);

    /**
     * {@code y = t·A + bias} along a row, the outputs of patches side by side.
     *
     * @param t position j of patch p at {@code tAt + j·tStride + 16·p}, six of them
     * @param bias of the channels of the block, in t
     * @param y pixel {@code 4·p + c} goes to {@code yAt + 16·(4·p + c)}
     */
    void outputColumns(int patches, float[] t, int tAt, int tStride, int bias, float[] y, int yAt);

    /**
     * {@code t = A·dY} down the columns: the outputs' gradient of patches.
     *
     * @param pixels of each of the four rows of dY, which are {@code xRow} apart
     * @param width pixels of each of the six rows of t; what dY does not have is zero
     */
    void gradientRows(int pixels, int width, float[] x, int xAt, int xRow, float[] t, int tAt, int tRow);

    /**
     * {@code E = t·Aᵀ} along the six rows of t, {@code tRow} apart, whose patch p has the pixels from {@code 4·p} to {@code 4·p + 3}.
     *
     * @param e position (i, j) of patch p goes to {@code eAt + (6·i + j)·eStride + 16·p}
     */
    void gradientColumns(int patches, float[] t, int tAt, int tRow, float[] e, int eAt, int eStride);
}
