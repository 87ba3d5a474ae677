package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Activations and joins. */
public class ElementwiseBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({"relu", "sigmoid", "tanh", "silu", "gelu", "add", "concat", "scale"})
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
