package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * Operators whose output has the input's elements in the input's order: flatten, reshape, identity. Nothing moves where
 * input and output share their memory; else N floats are read and N written, each way.
 */
final class ViewKernel implements AnyOrder {
    private final Simd simd;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final boolean sameShape;
    private final boolean copies;
    private final boolean copiesGradient;
    private final Elementwise forward;
    private final Elementwise backward;

    ViewKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        sameShape = binding.input().shape().equals(binding.output().shape());
        copies = !x.equals(y);
        copiesGradient = dx.wanted() && dy.wanted() && !dx.region().equals(dy.region());
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    /** Under another shape the elements are in the same order only if both are planar. */
    @Override
    public boolean canBlock() {
        return sameShape;
    }

    @Override
    public void forward(Run run) {
        if (copies) {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (copiesGradient) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        System.arraycopy(
                CpuMemory.values(x), (int) x.at(sample) + from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        dx.receive(simd, sample, from, dy.values(), dy.at(sample) + from, length);
    }
}
