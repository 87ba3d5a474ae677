package dev.fovea.benchmarks;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.List;
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

/** One step of an optimizer over ResNet-18's parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx4g"})
public class OptimizerBenchmark {
    /** ResNet-18's. */
    static final int PARAMETERS = 11_689_512;

    /** Which optimizer. */
    @Param({
        "sgd",
        "sgd with momentum",
        "nesterov",
        "adam",
        "adamw",
        "rmsprop",
        "rmsprop centered with momentum",
        "adagrad",
        "adadelta"
    })
    public String optimizer;

    /** Threads of the kernels, not of JMH. */
    @Param({"1", "2"})
    public int threads;

    private @Nullable Bound bound;
    private long step;

    /** The optimizer and the memory that it works on. */
    private record Bound(CpuKernels kernels, List<Memory> memories, Update update) {
        static Bound of(Optimizer optimizer, int threads) {
            CpuKernels kernels = new CpuKernels(threads, SimdChoice.best());
            Memory parameters = kernels.allocate("parameters", PARAMETERS);
            Memory gradients = kernels.allocate("gradients", PARAMETERS);
            Memory state = kernels.allocate("state", Math.max(1, (long) optimizer.slots() * PARAMETERS));
            gradients.fill(0, PARAMETERS, 1e-3f);
            UpdateBinding.Range all = new UpdateBinding.Range(0, PARAMETERS);
            Update update =
                    kernels.bind(optimizer, new UpdateBinding(parameters, gradients, state, PARAMETERS, List.of(all)));
            return new Bound(kernels, List.of(parameters, gradients, state), update);
        }
    }

    /** Floats read and written a parameter in one step: its gradient, itself twice, and each of its slots twice. */
    static int floatsMoved(String optimizer) {
        return 3 + 2 * named(optimizer).slots();
    }

    private static Optimizer named(String optimizer) {
        return switch (optimizer) {
            case "sgd" -> new Sgd(0.01f, 0, false, 0);
            case "sgd with momentum" -> new Sgd(0.01f, 0.9f, false, 1e-4f);
            case "nesterov" -> new Sgd(0.01f, 0.9f, true, 1e-4f);
            case "adam" -> new Adam(1e-3f, 0.9f, 0.999f, 1e-8f, 0);
            case "adamw" -> new AdamW(1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f);
            case "rmsprop" -> new RmsProp(1e-3f, 0.99f, 1e-8f, 0, 0, false);
            case "rmsprop centered with momentum" -> new RmsProp(1e-3f, 0.99f, 1e-8f, 0, 0.9f, true);
            case "adagrad" -> new Adagrad(1e-3f, 0, 0, 0, 1e-10f);
            case "adadelta" -> new Adadelta(1, 0.9f, 1e-6f, 0);
            default -> throw new IllegalArgumentException("no optimizer `" + optimizer + "`");
        };
    }

    /** Binds it. */
    @Setup
    public void bind() {
        bound = Bound.of(named(optimizer), threads);
    }

    /** One step. */
    @Benchmark
    public void update() {
        if (bound != null) {
            bound.update().apply(0.01f, step++);
        }
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        if (bound != null) {
            bound.memories().forEach(Memory::close);
            bound.kernels().close();
        }
    }
}
