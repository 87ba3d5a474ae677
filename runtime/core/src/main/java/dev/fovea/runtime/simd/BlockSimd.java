package dev.fovea.runtime.simd;

/**
 * Loops over tensors in channel blocks: {@code [C/16, H, W, 16]}, so that {@link #SIZE} channels of a pixel lie side by side. A pixel is where they
 * begin.
 */
public interface BlockSimd {
    /** The channels of a block, on every machine. */
    int SIZE = 16;

    /** Pooling and normalising. */
    PixelSimd pixels();
}
