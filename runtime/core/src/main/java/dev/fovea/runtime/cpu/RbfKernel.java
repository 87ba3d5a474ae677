package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * {@link dev.fovea.ops.Rbf}: squared distances to fixed codes. The differences are taken before they are squared: expanded
 * into products they would cancel near a code.
 */
final class RbfKernel implements Kernel {
    private final Simd simd;
    private final Region x;
    private final Region y;
    private final Region codes;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final int inputs;
    private final int units;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    RbfKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        x = binding.input().value();
        y = binding.output().value();
        codes = binding.parameters().get(0).value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        inputs = binding.input().shape().channels();
        units = binding.output().shape().channels();
        scratch = cpu.scratch(2L * inputs);
        forward = Elementwise.channels(cpu.workers(), units, inputs, this::forward);
        // One element: the sum over the codes is taken by one tile, in their order.
        backward = new Elementwise(cpu.workers(), 1, units * inputs, 1, this::backward);
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
        float[] work = scratch.of(worker);
        for (int unit = from; unit < from + length; unit++) {
            difference(sample, unit, work, 0);
            CpuMemory.values(y)[(int) y.at(sample) + unit] = simd.dot(work, 0, work, 0, inputs);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] work = scratch.of(worker);
        Arrays.fill(work, inputs, 2 * inputs, 0f);
        for (int unit = 0; unit < units; unit++) {
            difference(sample, unit, work, 0);
            simd.addScaled(2 * dy.values()[dy.at(sample) + unit], work, 0, work, inputs, inputs);
        }
        dx.receive(simd, sample, 0, work, inputs, inputs);
    }

    private void difference(int sample, int unit, float[] work, int at) {
        System.arraycopy(CpuMemory.values(x), (int) x.at(sample), work, at, inputs);
        simd.addScaled(-1, CpuMemory.values(codes), (int) codes.offset() + unit * inputs, work, at, inputs);
    }
}
