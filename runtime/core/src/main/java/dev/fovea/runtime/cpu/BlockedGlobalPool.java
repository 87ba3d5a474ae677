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
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final int area;
    private final int blockFloats;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    BlockedGlobalPool(GlobalPoolKernel kernel, Region x, Region y, GradientRegion dy, Shape shape, Cpu cpu) {
        this.kernel = kernel;
        this.x = x;
        this.y = y;
        pixels = BlockRows.pixels(cpu.simd());
        dx = kernel.dx;
        this.dy = dy;
        area = shape.area();
        blockFloats = area * BlockSimd.SIZE;
        scratch = cpu.scratch(BlockSimd.SIZE);
        int blocks = shape.channels() / BlockSimd.SIZE;
        forward = Elementwise.channels(cpu.workers(), blocks, blockFloats, this::forward);
        backward = Elementwise.channels(cpu.workers(), blocks, blockFloats, this::backward);
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

    /** Of a mean. */
    void backward(int samples) {
        backward.run(samples);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] shares = scratch.of(worker);
        float[] source = dy.values();
        for (int block = from; block < from + length; block++) {
            int at = dy.at(sample) + block * BlockSimd.SIZE;
            for (int i = 0; i < BlockSimd.SIZE; i++) {
                shares[i] = source[at + i] / area;
            }
            pixels.repeat(shares, 0, dx.accumulate(), dx.values(), dx.at(sample) + block * blockFloats, area);
        }
    }
}
