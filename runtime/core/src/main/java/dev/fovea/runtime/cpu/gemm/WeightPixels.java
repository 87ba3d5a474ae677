package dev.fovea.runtime.cpu.gemm;

/**
 * The pixels of a tensor that the sums of a weight's gradient go over, tile by tile: where they lie, or their copies. A tile is some rows of outputs of a sample, or of
 * several samples; its pixels are counted sample by sample and row by row.
 */
interface WeightPixels {
    /** Where each pixel of a tile lies behind its first; where a tile has fewer samples, or its one sample fewer rows, it has the first of these. */
    int[] places();

    /** Blocks of channels. */
    int blocks();

    /** From one block to the next. */
    int blockFloats();

    /** Floats of the copies of so many blocks; 0 where there are none. */
    int floats(int blocks);

    /** Copies the pixels of some blocks of a tile. */
    void prepare(
            float[] work, int at, int firstBlock, int endBlock, int firstSample, int samples, int firstRow, int rows);

    /** What the pixels lie in, if the copies are in {@code work}. */
    float[] values(float[] work);

    /** Where a tile's first pixel lies there, in the block that was the first to be copied, to {@code at}. */
    int at(int at, int firstBlock, int firstSample, int firstRow);
}
