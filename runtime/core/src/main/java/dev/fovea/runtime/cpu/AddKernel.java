package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.List;

/**
 * The sum of tensors, {@code y = a + b + …}, each range of it summed from left to right while it is in the cache.
 *
 * <p>Floor for n inputs of N floats: forward reads n·N and writes N; backward reads N and writes n·N, and reads those it
 * adds to. A gradient that shares its memory with the output's costs nothing, nor does forward where the kernel before does it.
 */
final class AddKernel implements AnyOrder {
    private final Simd simd;
    private final Activation activation;
    private final List<Region> inputs;
    private final Region y;
    private final List<GradientRegion> gradients;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;
    private boolean given;

    AddKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        activation = cpu.activation(binding);
        inputs = binding.inputs().stream().map(Operand::value).toList();
        y = binding.output().value();
        dy = GradientRegion.of(binding.output());
        gradients = binding.inputs().stream()
                .map(GradientRegion::of)
                .filter(gradient -> gradient.wanted() && !gradient.region().equals(dy.region()))
                .toList();
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    /** What is applied to the sum as it is stored. */
    Activation activation() {
        return activation;
    }

    /** From now on the kernel that gives one of the inputs adds the other to it. */
    void give() {
        given = true;
    }

    @Override
    public void forward(Run run) {
        if (!given) {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted() && !gradients.isEmpty()) {
            backward.run(run.batch());
        }
    }

    @Override
    public List<KernelPart> parts() {
        KernelPart back = new KernelPart(Pass.BACKWARD, "", this::backward);
        return given ? List.of(back) : List.of(new KernelPart(Pass.FORWARD, "", this::forward), back);
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] sum = CpuMemory.values(y);
        int at = (int) y.at(sample) + from;
        Region first = inputs.get(0);
        float[] firstValues = CpuMemory.values(first);
        int firstAt = (int) first.at(sample) + from;
        if (inputs.size() == 1) {
            System.arraycopy(firstValues, firstAt, sum, at, length);
        } else {
            Region second = inputs.get(1);
            simd.add(firstValues, firstAt, CpuMemory.values(second), (int) second.at(sample) + from, sum, at, length);
        }
        for (int i = 2; i < inputs.size(); i++) {
            Region next = inputs.get(i);
            simd.add(CpuMemory.values(next), (int) next.at(sample) + from, sum, at, length);
        }
        activation.apply(sum, at, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        for (int i = 0; i < gradients.size(); i++) {
            gradients.get(i).receive(simd, sample, from, dy.values(), dy.at(sample) + from, length);
        }
    }
}
