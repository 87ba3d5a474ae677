package dev.fovea.runtime.kernels;

/** An optimizer bound to its parameters. Calls allocate nothing. */
public interface Update {
    /**
     * Moves the parameters along their gradients.
     *
     * @param learningRate of this step, the schedule applied
     * @param step the number of updates made before this one
     */
    void apply(float learningRate, long step);
}
