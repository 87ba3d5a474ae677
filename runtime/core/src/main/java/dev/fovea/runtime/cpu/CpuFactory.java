package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;

/** Makes the kernel of one kind of operator: usually the kernel's constructor. */
@FunctionalInterface
public interface CpuFactory {
    /**
     * A kernel for these tensors. A fused activation is applied by the kernel as it stores, with {@link
     * Cpu#activation}; in backward the kernel finds the gradient of its own output, before the activation.
     */
    Kernel bind(Binding binding, Cpu cpu);
}
