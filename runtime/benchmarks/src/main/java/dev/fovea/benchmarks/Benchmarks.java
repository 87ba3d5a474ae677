package dev.fovea.benchmarks;

import dev.fovea.runtime.cpu.Ceilings;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and prints a table with the share of the ceilings of the same run. The arguments are JMH's: {@code Convolution}
 * runs one class, {@code -p threads=2 -p "workload=vgg conv3_2"} one case of it, {@code -f 0} without a process of its own.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @throws RunnerException when JMH cannot run one
     * @throws CommandLineOptionException when an argument is none of JMH's
     */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Ceilings ceilings = Ceilings.measure(1, Ceilings.BEYOND_CACHES);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        print(
                "%nCeilings of one core: %.1f GFLOP/s, %.1f GB/s moved.%n%n",
                ceilings.flops() * 1e-9, ceilings.bytes() * 1e-9);
        print("| kernel | pass | threads | µs | ± | GFLOP/s | share | GB/s | share | B/op |%n");
        print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|%n");
        results.forEach(result -> row(result, ceilings));
    }

    private static void row(RunResult result, Ceilings ceilings) {
        BenchmarkParams parameters = result.getParams();
        int threads = Integer.parseInt(parameters.getParam("threads"));
        String pass =
                parameters.getBenchmark().substring(parameters.getBenchmark().lastIndexOf('.') + 1);
        Result<?> time = result.getPrimaryResult();
        double seconds = time.getScore() * 1e-6;
        boolean updates = parameters.getParamsKeys().contains("optimizer");
        String workload = parameters.getParam(updates ? "optimizer" : "workload");
        double flops = 0;
        double bytes;
        if (updates) {
            bytes = (double) OptimizerBenchmark.PARAMETERS * OptimizerBenchmark.floatsMoved(workload) * Float.BYTES;
        } else {
            Workload of = Workloads.named(workload);
            flops = of.flops(pass.equals("backward"));
            bytes = of.bytes(pass.equals("backward"));
        }
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        print(
                "| %s | %s | %d | %.1f | %.1f | %s | %.1f | %.0f %% | %.0f |%n",
                workload,
                pass,
                threads,
                time.getScore(),
                time.getScoreError(),
                flops > 0
                        ? String.format(
                                Locale.ROOT,
                                "%.1f | %.0f %%",
                                flops / seconds * 1e-9,
                                100 * flops / seconds / ceilings.flops() / threads)
                        : " | ",
                bytes / seconds * 1e-9,
                100 * bytes / seconds / ceilings.bytes(),
                allocated == null ? Double.NaN : allocated.getScore());
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
