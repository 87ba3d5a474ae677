package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.vector.TrainedInBlocks.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batch normalisation that trains in channel blocks against that on planes, and both against sums in double. */
class BlockNormTrainingTest {
    private static final double UNIT = Math.ulp(1f) / 2;
    private static final int CAPACITY = 5;
    private static final List<Shape> SHAPES = List.of(
            Shape.of(16, 1, 2),
            Shape.of(48, 7, 7),
            Shape.of(32, 28, 28),
            Shape.of(16, 56, 40),
            Shape.of(16, 61, 67),
            Shape.of(272, 3, 5));

    private Simd simd;

    /** What a step is to be. */
    private record Step(BatchNorm op, Optional<Op> activation, Shape shape, int batch, Setting setting, int seed) {
        float[] numbers(int which, float mean) {
            float[] numbers = Ranges.random(new Random(seed + 31L * which), batch * (int) shape.size());
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += mean;
            }
            return numbers;
        }
    }

    /** What comes of it. */
    private record Found(List<float[]> all) {
        void isSame(Found other, String what) {
            for (int i = 0; i < all.size(); i++) {
                assertThat(other.all.get(i)).as("%s, %d", what, i).isEqualTo(all.get(i));
            }
        }

        void isClose(Found other, double bound, String what) {
            assertThat(other.all).hasSameSizeAs(all);
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < all.get(i).length; j++) {
                    double expected = other.all.get(i)[j];
                    double far = Math.abs(all.get(i)[j] - expected) / (1 + Math.abs(expected));
                    assertThat(far).as("%s, %d, %d: %s", what, i, j, expected).isLessThan(bound);
                }
            }
        }
    }

    @BeforeEach
    void blocks() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    @Test
    void trainsAsOnPlanes() {
        for (Shape shape : SHAPES) {
            for (int batch : new int[] {1, 2, CAPACITY}) {
                for (int i = 0; i < 8; i++) {
                    Setting setting = new Setting(CAPACITY, i % 2 == 0, i / 2 % 2 == 0, i == 5);
                    BatchNorm op = new BatchNorm(1e-5f, .1f, i / 4 % 2 == 0);
                    compare(new Step(op, Optional.empty(), shape, batch, setting, i), true, 0);
                    compare(new Step(op, Optional.empty(), shape, batch, setting, i), false, 0);
                }
            }
        }
    }

    @Test
    void activatesAsOnPlanes() {
        for (Shape shape : SHAPES) {
            for (Op activation : List.of(new Relu(), new LeakyRelu(.1f))) {
                BatchNorm op = new BatchNorm(1e-5f, .1f, true);
                compare(new Step(op, Optional.of(activation), shape, 3, Setting.of(4, false), 1), true, 0);
            }
        }
    }

    /** Where the mean is far from zero nothing is cancelled. */
    @Test
    void statisticsAreAsGoodFarFromZero() {
        for (Shape shape : SHAPES) {
            for (float mean : new float[] {0, 30, -3000, 100_000}) {
                BatchNorm op = new BatchNorm(0, 1, false);
                Step step = new Step(op, Optional.empty(), shape, CAPACITY, Setting.of(CAPACITY, false), 3);
                List<float[]> found = run(1, true, step, true, mean).all();
                float[] x = step.numbers(0, mean);
                // the last two parameters are the running statistics, which are this batch's
                float[] means = found.get(1);
                float[] variances = found.get(2);
                for (int c = 0; c < shape.channels(); c++) {
                    double sum = 0;
                    int n = CAPACITY * shape.area();
                    for (int i = 0; i < n; i++) {
                        sum += x[at(shape, c, i)];
                    }
                    double exact = sum / n;
                    double squares = 0;
                    for (int i = 0; i < n; i++) {
                        squares += Math.pow(x[at(shape, c, i)] - exact, 2);
                    }
                    assertThat(Math.abs(means[c] - exact)).isLessThan(2 * UNIT * (1 + Math.abs(exact)));
                    // the sums of runs are of up to 64 terms in four registers
                    assertThat(variances[c] / (squares / (n - 1)))
                            .as("%s, mean %s", shape, mean)
                            .isBetween(1 - 70 * UNIT, 1 + 70 * UNIT);
                }
            }
        }
    }

    private static int at(Shape shape, int channel, int i) {
        return (i / shape.area() * shape.channels() + channel) * shape.area() + i % shape.area();
    }

    /** Forward made again leaves the running statistics as they are. */
    @Test
    void learnsOnce() {
        Step step = new Step(
                new BatchNorm(1e-5f, .1f, true),
                Optional.empty(),
                Shape.of(32, 9, 9),
                2,
                Setting.of(CAPACITY, false),
                3);
        try (TrainedInBlocks bound = bind(1, true, step)) {
            bound.write(0, step.numbers(0, 1));
            bound.run.set(step.batch(), true, 0, 0);
            bound.forward();
            List<float[]> once = bound.parameters();
            bound.run.again();
            bound.forward();
            new Found(once).isSame(new Found(bound.parameters()), "again");
            bound.run.once();
            bound.forward();
            assertThat(bound.parameters().get(2)).isNotEqualTo(once.get(2));
        }
    }

    @Test
    void stepsTakeNoMemory() {
        Step step = new Step(
                new BatchNorm(1e-5f, .1f, true),
                Optional.empty(),
                Shape.of(64, 14, 14),
                2,
                Setting.of(CAPACITY, false),
                3);
        try (TrainedInBlocks bound = bind(1, true, step)) {
            bound.write(0, step.numbers(0, 1));
            bound.run.set(step.batch(), true, 0, 0);
            assertThat(TakenMemory.least(() -> {
                        bound.forward();
                        bound.backward();
                    }))
                    .isZero();
        }
    }

    private void compare(Step step, boolean training, float mean) {
        String what = step + ", training " + training;
        Found planar = run(1, false, step, training, mean);
        Found one = run(1, true, step, training, mean);
        for (int threads = 2; threads <= 3; threads++) {
            one.isSame(run(threads, true, step, training, mean), threads + " threads: " + what);
        }
        one.isClose(planar, 400 * UNIT, what);
    }

    private TrainedInBlocks bind(int threads, boolean blocked, Step step) {
        CpuKernels kernels = new CpuKernels(threads, simd);
        return new TrainedInBlocks(
                kernels, blocked, step.op(), step.activation(), List.of(step.shape()), step.setting());
    }

    /** The output, all parameters and their gradients, and the gradient of the input. */
    private Found run(int threads, boolean blocked, Step step, boolean training, float mean) {
        try (TrainedInBlocks bound = bind(threads, blocked, step)) {
            assertThat(!blocked || bound.canBlock()).isTrue();
            bound.write(0, step.numbers(0, mean));
            bound.run.set(step.batch(), training, 0, 0);
            bound.forward();
            List<float[]> found = new ArrayList<>();
            found.add(bound.output(step.batch()));
            if (step.activation().isEmpty()) {
                bound.writeOutputGradient(step.numbers(1, 0));
                if (!step.setting().ends()) {
                    bound.writeGradient(0, step.numbers(2, 0));
                }
                bound.backward();
                if (!step.setting().ends()) {
                    found.add(bound.gradient(0, step.batch()));
                }
            }
            List<float[]> parameters = bound.parameters();
            int after = found.size() == 1 ? 0 : step.op().affine() ? 2 : 0;
            if (training && step.op().momentum() == 1) { // only the statistics are looked at
                return new Found(List.of(found.get(0), parameters.get(after), parameters.get(after + 1)));
            }
            found.addAll(parameters);
            return new Found(found);
        }
    }
}
