package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Softmax and the loss behind it. */
public class SoftmaxBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({"softmax 1000", "cross_entropy 1000"})
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
