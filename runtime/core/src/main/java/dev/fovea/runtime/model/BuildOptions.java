package dev.fovea.runtime.model;

/**
 * How a model is built.
 *
 * @param device as the user names it: {@code best}, {@code cpu}, {@code opencl:0}
 * @param threads for what runs on the CPU
 * @param batch the largest batch
 * @param seed of the initial values and of everything random in training
 * @param training whether backward exists; else the arena is planned for inference
 * @param inputGradients whether the gradients of the inputs are computed too
 */
public record BuildOptions(String device, int threads, int batch, long seed, boolean training, boolean inputGradients) {
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
    }
}
