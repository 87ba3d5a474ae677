package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/** Pooling over whole channels of tensors in channel blocks. */
final class BlockedGlobalPool {
    private final GlobalPoolKernel kernel;
    private final PixelSimd pixels;
    private final Region x;
    private final Region y;
    private final int blockFloats;
    private final Elementwise forward;

    BlockedGlobalPool(GlobalPoolKernel kernel, Region x, Region y, Shape shape, Cpu cpu) {
        this.kernel = kernel;
        this.x = x;
        this.y = y;
        pixels = BlockRows.pixels(cpu.simd());
        blockFloats = shape.area() * BlockSimd.SIZE;
        forward = Elementwise.channels(cpu.workers(), shape.channels() / BlockSimd.SIZE, blockFloats, this::forward);
    }

    void forward(int samples) {
        forward.run(samples);
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        for (int block = from; block < from + length; block++) {
            int xAt = (int) x.at(sample) + block * blockFloats;
            kernel.pool(pixels, in, xAt, out, (int) y.at(sample) + block * BlockSimd.SIZE);
        }
    }
}
