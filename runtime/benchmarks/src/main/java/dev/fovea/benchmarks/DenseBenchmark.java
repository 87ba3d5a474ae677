package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Dense layers. */
public class DenseBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({"vgg fc6", "alexnet fc6", "alexnet fc6 alone", "lenet fc1", "resnet fc"})
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
