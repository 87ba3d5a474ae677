package dev.fovea.runtime.kernels;

/** One operator bound to its tensors. Calls allocate nothing. */
public interface Kernel {
    /**
     * Computes the output of the first {@code run.batch()} samples from the inputs, and saves what backward needs when
     * {@code run.training()}.
     */
    void forward(Run run);

    /**
     * Computes the gradients of the inputs and parameters that have one, from the gradient of the output. Where {@link
     * Gradient#accumulate()} is set it adds to what is there, else it overwrites all of it. Follows a {@code forward} of
     * the same run.
     */
    void backward(Run run);
}
