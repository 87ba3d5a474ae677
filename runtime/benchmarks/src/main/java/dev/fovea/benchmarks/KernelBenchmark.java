package dev.fovea.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Forward and backward of one operator; a subclass a family names its workloads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx4g"})
public abstract class KernelBenchmark {
    /** Threads of the kernels, not of JMH. */
    @Param({"1", "2"})
    public int threads;

    private @Nullable BoundWorkload bound;

    /** The name of the workload to run, see {@link Workloads}. */
    abstract String workload();

    /** Binds the workload. */
    @Setup
    public void bind() {
        bound = new BoundWorkload(Workloads.named(workload()), threads);
    }

    /** The output from the inputs. */
    @Benchmark
    public void forward() {
        if (bound != null) {
            bound.forward();
        }
    }

    /** The gradients of all inputs and parameters. */
    @Benchmark
    public void backward() {
        if (bound != null) {
            bound.backward();
        }
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        if (bound != null) {
            bound.close();
        }
    }
}
