package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kernel with an activation fused behind it. The kernel applies the activation as it stores; here, once for all of them,
 * backward begins by taking the gradient of the output through the activation, in place, unless whoever wrote it has done so. That is right in any
 * order of the elements, as long as value and gradient have the same.
 */
final class ActivatedKernel implements Blockable {
    private final Kernel kernel;
    private final Activation activation;
    private final Region value;
    private final Region gradient;
    private final Elementwise mask;
    private @Nullable RectifiedGradient given;

    ActivatedKernel(Kernel kernel, Binding binding, Gradient output, Cpu cpu) {
        this.kernel = kernel;
        this.activation = cpu.activation(binding);
        this.value = binding.output().value();
        this.gradient = output.region();
        this.mask = new Elementwise(cpu.workers(), binding.output().shape().size(), this::mask);
    }

    /** What applies the activation as it stores. */
    Kernel kernel() {
        return kernel;
    }

    /** From now on the output's gradient may come through the activation already. */
    void take(RectifiedGradient gradients) {
        given = gradients;
    }

    @Override
    public boolean canBlock() {
        return kernel instanceof Blockable blockable && blockable.canBlock();
    }

    @Override
    public boolean reorders() {
        return kernel instanceof Blockable blockable && blockable.reorders();
    }

    @Override
    public double gain(boolean inputInBlocks, boolean outputInBlocks) {
        return kernel instanceof Blockable blockable ? blockable.gain(inputInBlocks, outputInBlocks) : 0;
    }

    @Override
    public List<Region> besides() {
        return kernel instanceof Blockable blockable ? blockable.besides() : List.of();
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        if (kernel instanceof Blockable blockable) {
            blockable.lay(inputInBlocks, outputInBlocks);
        }
    }

    @Override
    public void forward(Run run) {
        kernel.forward(run);
    }

    @Override
    public void backward(Run run) {
        throughActivation(run);
        kernel.backward(run);
    }

    private void throughActivation(Run run) {
        if (given == null || !given.isThere()) {
            mask.run(run.batch());
        }
    }

    @Override
    public List<KernelPart> parts() {
        List<KernelPart> parts = new ArrayList<>(kernel.parts());
        int forward = 0;
        while (forward < parts.size() && parts.get(forward).pass() == Pass.FORWARD) {
            forward++;
        }
        if (given == null) {
            parts.add(forward, new KernelPart(Pass.ACTIVATION_GRADIENT, "", this::throughActivation));
        } else if (forward < parts.size()) {
            parts.set(forward, behindActivation(parts.get(forward)));
        }
        return List.copyOf(parts);
    }

    /** There is nothing to be seen of the activation where its gradient is given. */
    private KernelPart behindActivation(KernelPart first) {
        return new KernelPart(first.pass(), first.algorithm(), run -> {
            throughActivation(run);
            first.work().run(run);
        });
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
