package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.ops.L1;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import dev.fovea.runtime.train.TrainingStep;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole step of inference or training takes nothing of the heap, whichever ways its layers go: not the loops alone, at which
 * {@link SimdAllocationTest} looks, but all that is around them. Counted by the virtual machine, for the caller and the workers.
 *
 * <p>Plain loops must take nothing as they are. Those on vectors make objects until they are compiled, so they run until one series of steps has
 * taken nothing; as there, what takes something in one process has some more to show that it was the compiler.
 */
class StepAllocationTest {
    private static final int THREADS = 2;
    private static final int STEPS = 20;
    private static final int PROCESSES = 6;

    /** The machine's own objects, for linking calls say, do not come for so long. */
    private static final int SERIES = 10;

    /** Of each net before it is measured, so that all have run then. */
    private static final double WARM_UP_SECONDS = 0.05;

    /** Of each net, whose kernels are compiled in a second or two unless others take the processors. */
    private static final double LONGEST_SECONDS = 6;

    private static final ThreadMXBean HEAP = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<Simd> vector() {
        return Simds.vector();
    }

    @Test
    void plainLoopsTakeNothingFromTheBeginning() throws Exception {
        assertThat(taking(new ScalarSimd(), 0, 0)).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("vector")
    void compiledLoopsTakeNothing(Simd simd) throws Exception {
        Set<String> taking = taking(simd);
        for (int process = 1; process < PROCESSES && !taking.isEmpty(); process++) {
            System.out.println("steps took memory, " + simd.description() + ": " + taking);
            taking.retainAll(OtherProcess.lines(StepAllocationTest.class));
        }
        assertThat(taking)
                .as("what takes bytes of the heap in %d processes, %s", PROCESSES, simd.description())
                .isEmpty();
    }

    /** Prints the steps that take memory here. */
    public static void main(String[] arguments) throws Exception {
        for (Simd simd : Simds.vector()) {
            taking(simd).forEach(System.out::println);
        }
    }

    private static Set<String> taking(Simd simd) throws FoveaException {
        return taking(simd, WARM_UP_SECONDS, LONGEST_SECONDS);
    }

    private static Set<String> taking(Simd simd, double warmUp, double longest) throws FoveaException {
        List<Step> steps = new ArrayList<>();
        try {
            for (StepCase one : StepCase.ALL) {
                steps.add(new Step(one, simd, false));
                steps.add(new Step(one, simd, true));
            }
            for (int round = 0; round < 2; round++) {
                steps.forEach(step -> step.warmUp(warmUp));
            }
            Set<String> taking = new LinkedHashSet<>();
            for (Step step : steps) {
                if (step.takes(longest)) {
                    taking.add(step.name);
                }
            }
            return taking;
        } finally {
            steps.forEach(Step::close);
        }
    }

    /** A net at work. */
    private static final class Step implements AutoCloseable {
        private final String name;
        private final int batch;
        private final CompiledModel model;
        private final Optional<TrainingStep> training;
        private final long[] workers;

        Step(StepCase of, Simd simd, boolean trains) throws FoveaException {
            this.name = of.name() + (trains ? ", training" : ", inference");
            this.batch = of.batch();
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            CpuKernels kernels = new CpuKernels(THREADS, simd, of.way());
            this.workers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            !before.contains(thread) && thread.getName().startsWith("fovea-worker"))
                    .mapToLong(Thread::getId)
                    .toArray();
            assertThat(workers).hasSize(THREADS - 1);
            this.model = StepNet.of(kernels, THREADS, batch, trains, of.input(), of.layers());
            for (Port input : model.spec().inputs()) {
                model.write(input, random(input.name(), batch * input.shape().size()), batch);
            }
            this.training = trains ? Optional.of(training()) : Optional.empty();
        }

        private TrainingStep training() throws FoveaException {
            Shape shape = model.spec().mainOutput().shape();
            Phase phase = new Phase(
                    "",
                    List.of(new LossTerm(1, new L1(), "output", "wanted")),
                    new Adam(1e-3f, 0.9f, 0.999f, 1e-8f, 1e-4f),
                    new Constant(0),
                    batch,
                    1,
                    Map.of(),
                    List.of(),
                    List.of(),
                    Optional.of(1e-2f),
                    Optional.empty());
            Recipe recipe = new Recipe("", List.of(new Target("wanted", shape, Optional.empty())), List.of(phase));
            TrainingStep step = new TrainingStep(model, recipe, phase);
            step.objective().target("wanted", random("wanted", batch * shape.size()), batch);
            return step;
        }

        private static float[] random(String stream, long floats) {
            float[] values = new float[(int) floats];
            RandomStream.named(1, stream).fillUniform(values, 0, values.length, 0, -1, 1);
            return values;
        }

        private void run() {
            if (training.isPresent()) {
                training.get().forward(batch);
                training.get().backward(1e-3f);
            } else {
                model.forward(batch, false);
            }
        }

        void warmUp(double seconds) {
            long start = System.nanoTime();
            while ((System.nanoTime() - start) * 1e-9 < seconds) {
                run();
            }
        }

        /** Whether each series of steps takes something. */
        boolean takes(double seconds) {
            long start = System.nanoTime();
            long taken = series();
            for (int i = 1; taken > 0 && (i < SERIES || (System.nanoTime() - start) * 1e-9 < seconds); i++) {
                taken = series();
            }
            return taken > 0;
        }

        private long series() {
            long ofWorkers = ofWorkers();
            long ofCaller = HEAP.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                run();
            }
            return HEAP.getCurrentThreadAllocatedBytes() - ofCaller + ofWorkers() - ofWorkers;
        }

        private long ofWorkers() {
            long sum = 0;
            for (long bytes : HEAP.getThreadAllocatedBytes(workers)) {
                sum += bytes;
            }
            return sum;
        }

        @Override
        public void close() {
            training.ifPresent(TrainingStep::close);
            model.close();
        }
    }
}
