package dev.fovea.runtime.model;

import java.util.Optional;

/**
 * How a model is built.
 *
 * @param device as the user names it: {@code best}, {@code cpu}, {@code opencl:0}
 * @param threads for what runs on the CPU
 * @param batch the largest batch
 * @param seed of the initial values and of everything random in training
 * @param training whether backward exists; else the arena is planned for inference
 * @param inputGradients whether the gradients of the inputs are computed too
 * @param weightsOf the model whose weights are used, which must outlive this one; empty for weights of its own
 */
public record BuildOptions(
        String device,
        int threads,
        int batch,
        long seed,
        boolean training,
        boolean inputGradients,
        Optional<CompiledModel> weightsOf) {
    /** For training on the best device with all processors, one sample at a time. */
    public static final BuildOptions DEFAULT =
            new BuildOptions("best", Runtime.getRuntime().availableProcessors(), 1, 1, true, false);

    /** Checks the numbers. */
    public BuildOptions {
        if (batch < 1) {
            throw new IllegalArgumentException("the batch must be at least 1, not " + batch);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("the number of threads must be at least 1, not " + threads);
        }
        if (inputGradients && !training) {
            throw new IllegalArgumentException("gradients of the inputs need a model built for training");
        }
        if (weightsOf.isPresent() && training) {
            throw new IllegalArgumentException("a model on the weights of another is for prediction only");
        }
    }

    /** With weights of its own. */
    public BuildOptions(String device, int threads, int batch, long seed, boolean training, boolean inputGradients) {
        this(device, threads, batch, seed, training, inputGradients, Optional.empty());
    }
}
