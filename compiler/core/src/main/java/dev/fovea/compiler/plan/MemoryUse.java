package dev.fovea.compiler.plan;

/**
 * Bytes that a model allocates, by what they are for.
 *
 * @param parameters the parameters with the running statistics
 * @param gradients the gradients of the parameters
 * @param optimizer what the optimizer keeps for each parameter
 * @param activations the tensors of a batch and their gradients, in memory that they share over time
 * @param workspace what forward keeps once a batch for backward; with {@link #withWorkspace}, what a device holds as well
 */
public record MemoryUse(long parameters, long gradients, long optimizer, long activations, long workspace) {

    private static final long FLOAT = 4;

    /** Of a model built for training, as {@link Plan#trainingBytes} counts it. */
    public static MemoryUse training(Plan plan, int batch, int optimizerSlots) {
        long trainable = FLOAT * plan.trainableFloats();
        return new MemoryUse(
                trainable + FLOAT * plan.stateFloats(),
                trainable,
                Math.multiplyExact(optimizerSlots, trainable),
                Math.multiplyExact(FLOAT * plan.trainingFloats(), batch),
                FLOAT * plan.savedFloats());
    }

    /** Of a model built for inference, as {@link Plan#inferenceBytes} counts it. */
    public static MemoryUse inference(Plan plan, int batch) {
        long parameters = FLOAT * (plan.trainableFloats() + plan.stateFloats());
        return new MemoryUse(parameters, 0, 0, Math.multiplyExact(FLOAT * plan.inferenceFloats(), batch), 0);
    }

    /** This with so many bytes more that a device holds for its kernels: packed panels, partial sums. */
    public MemoryUse withWorkspace(long bytes) {
        return new MemoryUse(parameters, gradients, optimizer, activations, workspace + bytes);
    }

    /** All of it. */
    public long total() {
        return parameters + gradients + optimizer + activations + workspace;
    }
}
