package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * Hands its input on; the gradient of the input is zero, also where it shares the memory of the output's. Where gradients are
 * added to there is nothing to add. N floats are read and written where the memory is not shared, and N written in backward.
 */
final class StopGradientKernel implements AnyOrder {
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final Elementwise forward;
    private final Elementwise backward;

    StopGradientKernel(Binding binding, Cpu cpu) {
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    @Override
    public void forward(Run run) {
        if (!x.equals(y)) {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && !dx.accumulate()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        System.arraycopy(
                CpuMemory.values(x), (int) x.at(sample) + from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        dx.clear(sample, from, length);
    }
}
