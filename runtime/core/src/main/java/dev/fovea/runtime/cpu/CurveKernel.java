package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * An operator {@code y = x·g(x)}, see {@link Curve}: {@code dx = dy·(g(x) + x·g′(x))}. The slope is worked out from x, a
 * range at a time in the first-level cache: that costs less than to keep anything in memory.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
final class CurveKernel implements AnyOrder {
    /** Floats in a range: four rows of it are half a first-level cache. */
    private static final int LONGEST = 1024;

    private final Simd simd;
    private final Curve curve;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    CurveKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        curve = Curve.of(binding.op());
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch(2L * LONGEST);
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, 1, LONGEST, this::forward);
        backward = new Elementwise(cpu.workers(), size, 1, LONGEST, this::backward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        curve.value(
                simd,
                CpuMemory.values(x),
                (int) x.at(sample) + from,
                CpuMemory.values(y),
                (int) y.at(sample) + from,
                length);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int slope = 0;
        int spare = LONGEST;
        curve.slope(simd, CpuMemory.values(x), (int) x.at(sample) + from, rows, slope, spare, length);
        int at = dx.at(sample) + from;
        if (dx.accumulate()) {
            simd.addProduct(dy.values(), dy.at(sample) + from, rows, slope, dx.values(), at, length);
        } else {
            simd.multiply(dy.values(), dy.at(sample) + from, rows, slope, dx.values(), at, length);
        }
    }
}
