package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;

/**
 * A convolution of tensors of which one lies in channel blocks at least.
 *
 * @param gather what the outputs read
 * @param inputInBlocks how the input lies
 * @param target where the sums go
 * @param to the shape of the sums
 * @param outputInBlocks how the target, and what is added to it, lies
 * @param weight how the weight lies
 * @param keepsWeight whether its form is kept from call to call
 * @param finish what becomes of the sums
 * @param capacity the largest batch
 */
record BlockLayer(
        Cpu cpu,
        BlockSimd simd,
        Gather gather,
        Region input,
        Shape from,
        boolean inputInBlocks,
        GatherTarget target,
        Shape to,
        boolean outputInBlocks,
        WeightSteps weight,
        boolean keepsWeight,
        Finish finish,
        int capacity) {
    /** The channels of the input, those that fill up the last block too. */
    int channels() {
        return (from.channels() + BlockSimd.SIZE - 1) / BlockSimd.SIZE * BlockSimd.SIZE;
    }

    /**
     * What tiles read of the input.
     *
     * @param width pixels of a row of outputs, with those that round it up
     * @param rows of outputs in a tile
     * @param samples in a tile
     */
    BlockImage image(int width, int rows, int samples) {
        return new BlockImage(simd, gather, input, from, !inputInBlocks, width, rows, samples);
    }

    /** What stores the sums. */
    BlockStore store() {
        return new BlockStore(cpu.simd(), target, to, !outputInBlocks, finish);
    }
}
