package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An activation that was not fused: {@code y = f(x)}, {@code dx = dy·f′}, with f′ worked out from {@code y}. Input and
 * output may share their memory, and so may their gradients.
 */
final class ActivationKernel implements AnyOrder {
    private final Simd simd;
    private final Activation activation;
    private final Region x;
    private final Region y;
    private final @Nullable Gradient dx;
    private final @Nullable Gradient dy;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Scratch scratch;

    ActivationKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        activation = Activations.of(Optional.of(binding.op()), simd);
        x = binding.input().value();
        y = binding.output().value();
        dx = binding.input().gradient();
        dy = binding.output().gradient();
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
        scratch = cpu.scratch(Elementwise.TILE);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx != null && dy != null) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        activation.apply(
                CpuMemory.values(x), (int) x.at(sample) + from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    @SuppressWarnings("NullAway") // backward only runs it when both gradients are there
    private void backward(int sample, int from, int length, int worker) {
        float[] values = CpuMemory.values(y);
        int valuesAt = (int) y.at(sample) + from;
        float[] source = CpuMemory.values(dy.region());
        int sourceAt = (int) dy.region().at(sample) + from;
        float[] target = CpuMemory.values(dx.region());
        int targetAt = (int) dx.region().at(sample) + from;
        if (dx.accumulate()) {
            float[] product = scratch.of(worker);
            System.arraycopy(source, sourceAt, product, 0, length);
            activation.gradient(values, valuesAt, product, 0, length);
            simd.add(product, 0, target, targetAt, length);
        } else {
            if (!dx.region().equals(dy.region())) {
                System.arraycopy(source, sourceAt, target, targetAt, length);
            }
            activation.gradient(values, valuesAt, target, targetAt, length);
        }
    }
}
