package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Normalisations. */
public class NormalizationBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({"batchnorm 64x56x56", "batchnorm 512x7x7", "lrn 96x27x27"})
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
