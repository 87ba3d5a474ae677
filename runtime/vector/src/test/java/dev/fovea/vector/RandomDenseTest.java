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

    private record Case(int inputs, int units, int batch, int capacity, boolean bias, boolean accumulate) {
        /** x, dy, weight, bias, then y, dx, dweight, dbias. */
        List<float[]> run(Simd simd, int threads, long seed) {
            Random random = new Random(seed);
            try (CpuKernels kernels = new CpuKernels(threads, simd)) {
                Dense op = new Dense(units, bias, Initializer.DEFAULT);
                Region x = region(kernels, inputs, capacity, random);
                Region dy = region(kernels, units, capacity, random);
                Region y = region(kernels, units, capacity, random);
                Region dx = region(kernels, inputs, capacity, random);
                dx.memory().fill(0, dx.memory().length(), BEFORE);
                List<ParameterOperand> operands = new ArrayList<>();
                for (Parameter parameter : op.def().parameters(op, List.of(Shape.of(inputs)), Shape.of(units))) {
                    int size = (int) parameter.shape().size();
                    Region gradient = region(kernels, size, 1, random);
                    gradient.memory().fill(0, gradient.memory().length(), BEFORE);
                    operands.add(new ParameterOperand(
                            parameter, region(kernels, size, 1, random), new Gradient(gradient, accumulate)));
                }
                Kernel kernel = kernels.bind(new Binding(
                        "dense",
                        op,
                        Optional.empty(),
                        List.of(new Operand(Shape.of(inputs), x, new Gradient(dx, accumulate))),
                        new Operand(Shape.of(units), y, new Gradient(dy, false)),
                        operands,
                        Optional.empty(),
                        Optional.empty(),
                        capacity,
                        0));
                Run run = new Run().set(batch, true, 1, 0);
                kernel.forward(run);
                kernel.backward(run);
                List<float[]> all = new ArrayList<>(List.of(read(x, inputs, batch), read(dy, units, batch)));
                all.add(read(operands.get(0).value(), inputs * units, 1));
                all.add(bias ? read(operands.get(1).value(), units, 1) : new float[units]);
                all.add(read(y, units, batch));
                all.add(read(dx, inputs, batch));
                all.add(read(operands.get(0).gradient().region(), inputs * units, 1));
                if (bias) {
                    all.add(read(operands.get(1).gradient().region(), units, 1));
                }
                return all;
            }
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
