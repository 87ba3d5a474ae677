package dev.fovea.runtime.kernels;

import dev.fovea.runtime.kernels.KernelPart.Pass;
import java.util.List;

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

    /**
     * Takes over what another operator would do to this one's output at inference: it reads the output and writes to the same
     * place. Asked before anything runs.
     *
     * @param next the other, whose other inputs are there before this kernel runs
     * @return whether it is done from now on in {@link #forward}, so that the other need not be bound
     */
    default boolean absorb(Binding next) {
        return false;
    }

    /**
     * What it does, piece by piece, in order: those of {@link Pass#FORWARD} together are {@link #forward}, and all others are {@link
     * #backward}. For measuring; an operator whose backward is one piece of work is in two parts.
     */
    default List<KernelPart> parts() {
        return List.of(
                new KernelPart(Pass.FORWARD, "", this::forward), new KernelPart(Pass.BACKWARD, "", this::backward));
    }
}
