package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/** Loops over tensors in channel blocks, where a register is as long as a block. */
final class VectorBlocks implements BlockSimd {
    private final PixelSimd pixels = new VectorPixels();

    @Override
    public PixelSimd pixels() {
        return pixels;
    }
}
