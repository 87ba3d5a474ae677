package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense layers of random sizes against three loops in double, and the same bits on 1, 2 and 3 threads. */
class RandomDenseTest {
    private static final long SEED = Long.getLong("dense.seed", 20261124L);
    private static final int CASES = Integer.getInteger("dense.cases", 100);
    private static final double UNIT = Math.ulp(1f) / 2;
    private static final float BEFORE = 0.5f;
    /** Floats of a weight that is long. */
    private static final int LONG = 1 << 18;

    static List<Simd> implementations() {
        return Simds.all();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoops(Simd simd) {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            int inputs = 1 + random.nextInt(random.nextInt(4) == 0 ? 700 : 70);
            int units = 1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 40);
            int batch = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 40);
            Case of = new Case(
                    inputs, units, batch, batch + random.nextInt(3), random.nextBoolean(), random.nextBoolean());
            String what = simd.description() + ", -Ddense.seed=" + (SEED + i) + " -Ddense.cases=1: " + of;
            List<float[]> one = of.run(simd, 1, SEED + i);
            of.check(one, what);
            for (int threads = 2; threads <= 3; threads++) {
                List<float[]> more = of.run(simd, threads, SEED + i);
                for (int tensor = 0; tensor < one.size(); tensor++) {
                    assertThat(more.get(tensor)).as(what).isEqualTo(one.get(tensor));
                }
            }
        }
    }

    /** A batch of one, with a weight that several threads share. */
    @ParameterizedTest
    @MethodSource("implementations")
    void oneSampleEqualsTheLoops(Simd simd) {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            boolean large = random.nextInt(8) == 0;
            int inputs = 1 + random.nextInt(large ? 900 : 70);
            int units = 1 + random.nextInt(large ? 900 : 40);
            Case of = new Case(inputs, units, 1, 1, random.nextBoolean(), random.nextBoolean());
            String what = simd.description() + ", one sample, -Ddense.seed=" + (SEED + i) + " -Ddense.cases=1: " + of;
            List<float[]> one = of.run(simd, 1, SEED + i);
            of.check(one, what);
            List<float[]> more = of.run(simd, 3, SEED + i);
            for (int tensor = 0; tensor < one.size(); tensor++) {
                assertThat(more.get(tensor)).as(what).isEqualTo(one.get(tensor));
            }
        }
    }

    /** Weights that are read from end to end, for batches that a register holds and some that it does not. */
    @ParameterizedTest
    @MethodSource("implementations")
    void longWeightsEqualTheLoops(Simd simd) {
        for (int batch = 1; batch <= simd.lanes() + 2; batch++) {
            Random random = new Random(SEED + batch);
            int inputs = 300 + random.nextInt(300);
            int units = LONG / inputs + 1 + random.nextInt(20);
            int capacity = batch % 4 == 0 ? batch : batch + random.nextInt(2);
            Case of = new Case(inputs, units, batch, capacity, random.nextBoolean(), random.nextBoolean());
            String what = simd.description() + ", long weight, -Ddense.seed=" + SEED + ": " + of;
            List<float[]> one = of.run(simd, 1, SEED + batch);
            of.check(one, what);
            List<float[]> more = of.run(simd, 3, SEED + batch);
            for (int tensor = 0; tensor < one.size(); tensor++) {
                assertThat(more.get(tensor)).as(what).isEqualTo(one.get(tensor));
            }
        }
    }

    /** Forward more than a quarter of the lanes, else rows as they lie are quicker; backward any. */
    @ParameterizedTest
    @MethodSource("implementations")
    void longWeightsAreStreamed(Simd simd) {
        for (int capacity = 1; capacity <= simd.lanes() + 1; capacity++) {
            boolean holds = simd.streams().isPresent() && capacity <= simd.lanes();
            List<String> algorithms = new Case(512, LONG / 512, capacity, capacity, false, false).algorithms(simd);
            assertThat(algorithms.get(0).equals("stream")).isEqualTo(holds && 4 * capacity > simd.lanes());
            assertThat(algorithms.subList(1, 3)).containsOnly(holds ? "stream" : "");
        }
        assertThat(new Case(511, LONG / 512, 1, 1, false, false).algorithms(simd))
                .doesNotContain("stream");
    }

    private record Case(int inputs, int units, int batch, int capacity, boolean bias, boolean accumulate) {
        /** How it is computed: forward, the gradient of the input, that of the weight. */
        List<String> algorithms(Simd simd) {
            try (CpuKernels kernels = CpuKernels.counting(2, simd)) {
                return bind(kernels, tensors(kernels, new Random(SEED))).parts().stream()
                        .map(KernelPart::algorithm)
                        .limit(3)
                        .toList();
            }
        }

        /** x, dy, weight, bias, then y, dx, dweight, dbias. */
        List<float[]> run(Simd simd, int threads, long seed) {
            try (CpuKernels kernels = new CpuKernels(threads, simd)) {
                Tensors tensors = tensors(kernels, new Random(seed));
                Kernel kernel = bind(kernels, tensors);
                Run run = new Run().set(batch, true, 1, 0);
                kernel.forward(run);
                kernel.backward(run);
                List<ParameterOperand> operands = tensors.parameters;
                List<float[]> all =
                        new ArrayList<>(List.of(read(tensors.x, inputs, batch), read(tensors.dy, units, batch)));
                all.add(read(operands.get(0).value(), inputs * units, 1));
                all.add(bias ? read(operands.get(1).value(), units, 1) : new float[units]);
                all.add(read(tensors.y, units, batch));
                all.add(read(tensors.dx, inputs, batch));
                all.add(read(operands.get(0).gradient().region(), inputs * units, 1));
                if (bias) {
                    all.add(read(operands.get(1).gradient().region(), units, 1));
                }
                return all;
            }
        }

        private Dense op() {
            return new Dense(units, bias, Initializer.DEFAULT);
        }

        private Tensors tensors(CpuKernels kernels, Random random) {
            Region x = region(kernels, inputs, capacity, random);
            Region dy = region(kernels, units, capacity, random);
            Region y = region(kernels, units, capacity, random);
            Region dx = region(kernels, inputs, capacity, random);
            dx.memory().fill(0, dx.memory().length(), BEFORE);
            List<ParameterOperand> operands = new ArrayList<>();
            for (Parameter parameter : op().def().parameters(op(), List.of(Shape.of(inputs)), Shape.of(units))) {
                int size = (int) parameter.shape().size();
                Region gradient = region(kernels, size, 1, random);
                gradient.memory().fill(0, gradient.memory().length(), BEFORE);
                operands.add(new ParameterOperand(
                        parameter, region(kernels, size, 1, random), new Gradient(gradient, accumulate)));
            }
            return new Tensors(x, dy, y, dx, operands);
        }

        private Kernel bind(CpuKernels kernels, Tensors tensors) {
            return kernels.bind(new Binding(
                    "dense",
                    op(),
                    Optional.empty(),
                    List.of(new Operand(Shape.of(inputs), tensors.x, new Gradient(tensors.dx, accumulate))),
                    new Operand(Shape.of(units), tensors.y, new Gradient(tensors.dy, false)),
                    tensors.parameters,
                    Optional.empty(),
                    Optional.empty(),
                    capacity,
                    0));
        }

        void check(List<float[]> all, String what) {
            float[] x = all.get(0);
            float[] dy = all.get(1);
            float[] w = all.get(2);
            for (int b = 0; b < batch; b++) {
                for (int u = 0; u < units; u++) {
                    Sum sum = new Sum(all.get(3)[u]);
                    for (int n = 0; n < inputs; n++) {
                        sum.add(x[b * inputs + n], w[u * inputs + n]);
                    }
                    sum.check(all.get(4)[b * units + u], what + ": output");
                }
                for (int n = 0; n < inputs; n++) {
                    Sum sum = new Sum(accumulate ? BEFORE : 0);
                    for (int u = 0; u < units; u++) {
                        sum.add(dy[b * units + u], w[u * inputs + n]);
                    }
                    sum.check(all.get(5)[b * inputs + n], what + ": gradient of the input");
                }
            }
            for (int u = 0; u < units; u++) {
                Sum ofBias = new Sum(accumulate ? BEFORE : 0);
                for (int b = 0; b < batch; b++) {
                    ofBias.add(dy[b * units + u], 1);
                }
                for (int n = 0; n < inputs; n++) {
                    Sum sum = new Sum(accumulate ? BEFORE : 0);
                    for (int b = 0; b < batch; b++) {
                        sum.add(dy[b * units + u], x[b * inputs + n]);
                    }
                    sum.check(all.get(6)[u * inputs + n], what + ": gradient of the weight");
                }
                if (bias) {
                    ofBias.check(all.get(7)[u], what + ": gradient of the bias");
                }
            }
        }

        private static Region region(CpuKernels kernels, int size, int samples, Random random) {
            Memory memory = kernels.allocate("test", (size + 3L) * samples);
            memory.write(0, Ranges.random(random, (int) memory.length()), 0, (int) memory.length());
            return new Region(memory, 3, size + 3L);
        }

        private static float[] read(Region region, int size, int samples) {
            float[] values = new float[size * samples];
            for (int sample = 0; sample < samples; sample++) {
                region.memory().read(region.at(sample), values, sample * size, size);
            }
            return values;
        }
    }

    private record Tensors(Region x, Region dy, Region y, Region dx, List<ParameterOperand> parameters) {}

    private static final class Sum {
        private double sum;
        private double size;
        private int terms = 2;

        Sum(double first) {
            sum = first;
            size = Math.abs(first);
        }

        void add(float a, float b) {
            sum += (double) a * b;
            size += Math.abs((double) a * b);
            terms++;
        }

        void check(float actual, String what) {
            if (!(Math.abs(actual - sum) <= 2 * terms * UNIT * size)) {
                throw new AssertionError(what + ": " + actual + ", not " + sum);
            }
        }
    }
}
