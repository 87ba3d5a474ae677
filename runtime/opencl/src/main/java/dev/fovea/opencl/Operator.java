package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;

/** Makes the kernel of one kind of operator. */
@FunctionalInterface
interface Operator {
    /**
     * A kernel for these tensors. An activation fused behind the operator is applied by the kernel as it stores; in
     * backward the kernel finds the gradient of its own output, before the activation.
     */
    Kernel bind(Binding binding, ClWork work);
}
