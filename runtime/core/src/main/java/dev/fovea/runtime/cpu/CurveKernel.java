package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * An operator {@code y = x·g(x)}, see {@link Curve}: {@code dx = dy·(g(x) + x·g′(x))}. The gate is worked out again in
 * backward, a range at a time in the first-level cache: that costs less than to keep it in memory.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
final class CurveKernel implements Kernel {
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
        scratch = cpu.scratch(2L * Elementwise.TILE);
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
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
        float[] gate = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        int at = (int) x.at(sample) + from;
        curve.gate(simd, in, at, gate, length);
        simd.multiply(in, at, gate, 0, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] gate = scratch.of(worker);
        int slope = Elementwise.TILE;
        float[] in = CpuMemory.values(x);
        int at = (int) x.at(sample) + from;
        curve.gate(simd, in, at, gate, length);
        curve.bend(simd, in, at, gate, gate, slope, length);
        simd.add(gate, 0, gate, slope, length);
        simd.multiply(dy.values(), dy.at(sample) + from, gate, slope, gate, slope, length);
        dx.receive(simd, sample, from, gate, slope, length);
    }
}
