package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel with an activation fused behind it. The kernel applies the activation as it stores; here, once for all of them,
 * backward begins by taking the gradient of the output through the activation, in place.
 */
final class ActivatedKernel implements Kernel {
    private final Kernel kernel;
    private final Activation activation;
    private final Region value;
    private final Region gradient;
    private final Elementwise mask;

    ActivatedKernel(Kernel kernel, Binding binding, Gradient output, Cpu cpu) {
        this.kernel = kernel;
        this.activation = cpu.activation(binding);
        this.value = binding.output().value();
        this.gradient = output.region();
        this.mask = new Elementwise(cpu.workers(), binding.output().shape().size(), this::mask);
    }

    @Override
    public void forward(Run run) {
        kernel.forward(run);
    }

    @Override
    public void backward(Run run) {
        mask.run(run.batch());
        kernel.backward(run);
    }

    @Override
    public List<KernelPart> parts() {
        List<KernelPart> parts = new ArrayList<>(kernel.parts());
        int forward = 0;
        while (forward < parts.size() && parts.get(forward).pass() == Pass.FORWARD) {
            forward++;
        }
        parts.add(forward, new KernelPart(Pass.ACTIVATION_GRADIENT, "", run -> mask.run(run.batch())));
        return List.copyOf(parts);
    }

    private void mask(int sample, int from, int length, int worker) {
        activation.gradient(
                CpuMemory.values(value),
                (int) value.at(sample) + from,
                CpuMemory.values(gradient),
                (int) gradient.at(sample) + from,
                length);
    }
}
