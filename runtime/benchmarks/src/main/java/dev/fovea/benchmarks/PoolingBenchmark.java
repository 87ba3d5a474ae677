package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Pooling. */
public class PoolingBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({"resnet maxpool", "vgg maxpool", "inception maxpool", "densenet avgpool", "global avgpool"})
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
