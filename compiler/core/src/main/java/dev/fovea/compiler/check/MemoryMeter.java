package dev.fovea.compiler.check;

import dev.fovea.compiler.graph.Graph;

/** Tells how much memory a model takes, as the plan that will really be used has it. */
public interface MemoryMeter {
    /**
     * Bytes that training allocates.
     *
     * @param slots floats of state that the optimizer keeps for each parameter
     */
    long trainingBytes(Graph graph, int batch, int slots);

    /** Bytes that inference allocates. */
    long inferenceBytes(Graph graph, int batch);
}
