package dev.fovea.cli;

import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.opencl.OpenClKernels;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.cpu.Ceilings;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs a model again and again on the same random batch, and takes the time. */
final class Bench {
    /** What is measured. */
    enum Mode {
        TRAIN,
        INFER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The figures.
     *
     * @param gigaflops 10⁹ floating-point operations a second of convolutions and dense layers, a multiply-add counted as
     *     two, by the direct algorithm whatever was used. Training counts the gradient of the weights, and that of the input
     *     except for layers that read the model's input.
     * @param processorMilliseconds of a step, all threads together, those of the virtual machine included: on a machine that others
     *     share it varies less than the time does
     * @param busy the share of the threads' time in which a processor worked for them
     * @param allocatedBytes taken of the heap in a step, in the window that took least
     * @param peakBytes the largest resident set of the process so far
     * @param profile where the time of some more steps goes; empty unless asked for
     */
    record Result(
            double imagesPerSecond,
            double millisecondsPerStep,
            double gigaflops,
            double processorMilliseconds,
            double busy,
            long allocatedBytes,
            long peakBytes,
            Optional<Profile> profile) {}

    /** Steps whose kernels are timed one by one: all of an OpenCL device, the fewest of the CPU. */
    static final int PROFILED_STEPS = 3;

    private static final int MOST_PROFILED_STEPS = 1000;

    /** The length of two arrays that are moved to see how fast memory is, unless less is left of the heap: more than caches hold. */
    private static final long MOVED = 1 << 24;

    /** A window is long enough that reading the clock and an interrupt do not matter, short enough to have many. */
    private static final double WINDOW_SECONDS = 0.2;

    /** Kernels are compiled to machine code while they run; most of it is over by then. */
    private static final double WARM_UP_SECONDS = 3;

    private static final int WARM_UP_STEPS = 3;

    /**
     * As long as a step takes memory loops are still interpreted, or compiled in haste, and make objects of vectors. On a machine that others
     * share the compilers get little of it, so they are given up to so many times what is measured.
     */
    private static final double LONGEST_WARM_UP = 2;

    private final Graph graph;
    private final LoadedModel loaded;
    private final Mode mode;
    private final String recipeName;
    private final int batch;
    private final boolean profile;

    /**
     * Prepares it.
     *
     * @param graph what the model was generated from
     * @param profile whether the device's kernels are timed one by one afterwards
     */
    Bench(Graph graph, LoadedModel loaded, Mode mode, String recipeName, int batch, boolean profile)
            throws FoveaException {
        this.graph = graph;
        this.loaded = loaded;
        this.mode = mode;
        this.batch = batch;
        this.profile = profile;
        this.recipeName = recipeName;
        if (!recipeName.isEmpty()) {
            loaded.recipe(recipeName); // inference needs none, and yet a name that is misspelt is said to be
        }
    }

    Result run(String device, int threads, double seconds) throws FoveaException {
        ModelBuilder<? extends CompiledModel> builder =
                loaded.builder().device(device).threads(threads).batch(batch);
        if (profile) {
            builder.wrapped(
                    opened -> opened instanceof OpenClKernels ? opened : new ProfiledKernels(opened, System::nanoTime));
        }
        if (mode == Mode.INFER) {
            try (CompiledModel model = builder.inference().build()) {
                fillInputs(model);
                return measure(model, () -> model.forward(batch, false), threads, seconds);
            }
        }
        Recipe recipe = loaded.recipes().isEmpty()
                ? BenchTargets.recipe(loaded.spec().mainOutput(), batch)
                : loaded.recipe(recipeName);
        try (CompiledModel model = builder.build();
                TrainingStep step = new TrainingStep(model, recipe, recipe.lastPhase())) {
            fillInputs(model);
            BenchTargets.fill(step, recipe, batch);
            float rate = recipe.lastPhase().optimizer().learningRate();
            Runnable once = () -> {
                step.forward(batch);
                step.backward(rate);
            };
            return measure(model, once, threads, seconds);
        }
    }

    private Result measure(CompiledModel model, Runnable step, int threads, double seconds) {
        long start = System.nanoTime();
        int steps = 0;
        double warmUp = Math.min(WARM_UP_SECONDS, seconds);
        HeapUse heap = new HeapUse();
        boolean settled = model.kernels() instanceof OpenClKernels; // whose steps call a library
        while (steps < WARM_UP_STEPS
                || since(start) < warmUp
                || (!settled && since(start) < LONGEST_WARM_UP * seconds)) {
            heap.begin();
            step.run();
            settled |= heap.bytes() == 0;
            steps++;
        }
        model.kernels().finish();
        double estimate = since(start) / steps;
        int stepsPerWindow = (int) Math.max(1, Math.round(WINDOW_SECONDS / estimate));
        List<Double> windows = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Double> busy = new ArrayList<>();
        long allocated = Long.MAX_VALUE;
        start = System.nanoTime();
        while (windows.isEmpty() || since(start) < seconds) {
            heap.begin();
            double processorBefore = ProcessUse.processorSeconds();
            long window = System.nanoTime();
            for (int i = 0; i < stepsPerWindow; i++) {
                step.run();
            }
            model.kernels().finish();
            double passed = since(window);
            double worked = ProcessUse.processorSeconds() - processorBefore;
            allocated = Math.min(allocated, heap.bytes());
            windows.add(passed / stepsPerWindow);
            processor.add(worked / stepsPerWindow);
            busy.add(worked / passed / threads);
        }
        double median = median(windows);
        long peak = PeakMemory.bytes();
        return new Result(
                batch / median,
                median * 1e3,
                batch * flops() / median * 1e-9,
                median(processor) * 1e3,
                median(busy),
                allocated / stepsPerWindow,
                peak,
                profile ? Optional.of(profile(model.kernels(), step, threads, seconds / median)) : Optional.empty());
    }

    private static double median(List<Double> numbers) {
        numbers.sort(null);
        return numbers.get(numbers.size() / 2);
    }

    /** Looks at as many steps as were measured, within limits. */
    private Profile profile(Kernels kernels, Runnable step, int threads, double measuredSteps) {
        if (kernels instanceof OpenClKernels device) {
            return new KernelTable(device.profiled(batch, () -> {
                for (int i = 0; i < PROFILED_STEPS; i++) {
                    step.run();
                }
            }));
        }
        int steps = (int) Math.max(PROFILED_STEPS, Math.min(MOST_PROFILED_STEPS, measuredSteps));
        StepProfile found = ((ProfiledKernels) kernels).profile(batch, steps, step);
        return new StepProfileTable(found, Ceilings.measure(threads, moved()), threads, graph);
    }

    private static int moved() {
        Runtime machine = Runtime.getRuntime();
        long free = machine.maxMemory() - machine.totalMemory() + machine.freeMemory();
        return (int) Math.min(MOVED, free / 4 / Float.BYTES);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private double flops() {
        double total = 0;
        for (OpNode node : graph.operators()) {
            double forward = 2.0 * Costs.macs(graph, node);
            if (mode == Mode.TRAIN) {
                boolean first = graph.node(node.inputs().get(0)) instanceof InputNode;
                total += forward * (first ? 2 : 3);
            } else if (!node.trainOnly()) {
                total += forward;
            }
        }
        return total;
    }

    private void fillInputs(CompiledModel model) {
        for (Port input : model.spec().inputs()) {
            float[] values = new float[Math.toIntExact(batch * input.shape().size())];
            RandomStream.named(1, input.name()).fillUniform(values, 0, values.length, 0, -1, 1);
            model.write(input, values, batch);
        }
    }
}
