package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;

/** Loops over tensors in channel blocks, where a register is as long as a block. */
final class VectorBlocks implements BlockSimd {}
