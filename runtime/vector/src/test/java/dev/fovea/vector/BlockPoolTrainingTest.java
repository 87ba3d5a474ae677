package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.Findings;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.vector.TrainedInBlocks.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools that train in channel blocks against those on planes. Gradients are small integers, whose sums are the same in any order. */
class BlockPoolTrainingTest {
    private static final long SEED = Long.getLong("blocks.seed", 20261204L);
    private static final int CASES = Integer.getInteger("blocks.cases", 200);
    private static final double UNIT = Math.ulp(1f) / 2;
    private static final Pair ONE = Pair.square(1);
    private static final Pair TWO = Pair.square(2);
    private static final Pair THREE = Pair.square(3);
    private static final float NEGATIVE_NAN = Float.intBitsToFloat(0xFFC0_0000);
    private static final float[] SPECIAL = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, 1, 1, -1};

    private Simd simd;

    private record Found(float[] output, float[] gradient) {}

    @BeforeEach
    void blocks() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    @Test
    void poolsAsNetworksDo() {
        for (boolean ceil : new boolean[] {false, true}) {
            compareMaxima(new MaxPool(THREE, TWO, Padding.all(1), ONE, ceil), Shape.of(64, 56, 56), 1);
            compareMaxima(new MaxPool(THREE, TWO, Padding.NONE, ONE, ceil), Shape.of(32, 55, 54), 2);
            compareMaxima(new MaxPool(THREE, ONE, Padding.all(1), ONE, ceil), Shape.of(96, 28, 28), 3);
            compareMaxima(new MaxPool(TWO, TWO, Padding.NONE, ONE, ceil), Shape.of(16, 112, 112), 4);
            compareMaxima(new MaxPool(TWO, TWO, Padding.NONE, ONE, ceil), Shape.of(16, 7, 9), 5);
            compareMaxima(new MaxPool(Pair.square(13), ONE, Padding.all(6), ONE, ceil), Shape.of(32, 13, 13), 6);
            compareMeans(new AvgPool(TWO, TWO, Padding.NONE, ceil, true), Shape.of(128, 28, 28), 7);
            compareMeans(new AvgPool(THREE, ONE, Padding.all(1), ceil, true), Shape.of(48, 35, 35), 8);
        }
    }

    @Test
    void maximaOfAllKinds() {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            Shape input = shape(random);
            Pair kernel = new Pair(side(random), side(random));
            Pair dilation = random.nextBoolean() ? ONE : new Pair(between(random, 3), between(random, 3));
            Pair stride = new Pair(between(random, 4), between(random, 4));
            int height = dilation.height() * (kernel.height() - 1) + 1;
            int width = dilation.width() * (kernel.width() - 1) + 1;
            MaxPool op = new MaxPool(kernel, stride, padding(random, height, width), dilation, random.nextBoolean());
            if (fits(op, input) && canBlock(op, input)) {
                compareMaxima(op, input, SEED + i);
            }
        }
    }

    @Test
    void meansOfAllKinds() {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            Shape input = shape(random);
            Pair kernel = new Pair(side(random), side(random));
            Pair stride = new Pair(between(random, 4), between(random, 4));
            Padding padding = padding(random, kernel.height(), kernel.width());
            AvgPool op = new AvgPool(kernel, stride, padding, random.nextBoolean(), random.nextBoolean());
            if (fits(op, input)) {
                compareMeans(op, input, SEED + i);
            }
        }
    }

    @Test
    void bins() {
        compareMaxima(new AdaptiveMaxPool(new Pair(5, 4)), Shape.of(32, 9, 8), 1);
        compareMaxima(new AdaptiveMaxPool(Pair.square(3)), Shape.of(32, 7, 7), 2);
        compareMeans(new AdaptiveAvgPool(new Pair(5, 4)), Shape.of(32, 9, 8), 3);
        compareMeans(new AdaptiveAvgPool(Pair.square(7)), Shape.of(32, 7, 7), 4);
    }

    @Test
    void wholeChannels() {
        for (int side : new int[] {1, 2, 3, 5, 7, 14}) {
            compareMeans(new GlobalAvgPool(), Shape.of(48, side, side + 1), side);
        }
    }

    @Test
    void whatCannotLieInBlocks() {
        assertThat(canBlock(new GlobalMaxPool(), Shape.of(48, 3, 3))).isFalse();
        assertThat(canBlock(new MaxPool(TWO, TWO, Padding.NONE, ONE, false), Shape.of(40, 4, 4)))
                .isFalse();
        assertThat(canBlock(new MaxPool(THREE, TWO, Padding.all(2), THREE, false), Shape.of(16, 9, 9)))
                .as("rows that begin above those before")
                .isFalse();
        assertThat(canBlock(new MaxPool(THREE, ONE, Padding.NONE, TWO, false), Shape.of(16, 9, 9)))
                .as("holes")
                .isTrue();
    }

    private boolean canBlock(Op op, Shape input) {
        try (TrainedInBlocks bound = bind(1, false, op, input, Setting.of(1, false))) {
            return bound.canBlock();
        }
    }

    /** Nothing is made of the heap's memory in a step. */
    @Test
    void stepsTakeNoMemory() {
        for (Op op : List.of(
                new MaxPool(THREE, TWO, Padding.all(1), ONE, false),
                new MaxPool(TWO, TWO, Padding.NONE, ONE, false),
                new AvgPool(TWO, TWO, Padding.NONE, false, true),
                new GlobalAvgPool())) {
            Shape shape = Shape.of(64, 14, 14);
            try (TrainedInBlocks bound = bind(1, true, op, shape, Setting.of(1, false))) {
                bound.run.set(1, true, 0, 0);
                assertThat(TakenMemory.least(() -> {
                            bound.forward();
                            bound.backward();
                        }))
                        .as("%s", op)
                        .isZero();
            }
        }
    }

    /** The same bits, but for the sign of a zero among zeros of both signs. */
    private void compareMaxima(Op op, Shape input, long seed) {
        Random random = new Random(seed);
        for (int special = 0; special <= 1; special++) {
            int batch = 1 + random.nextInt(3);
            float[] x = Ranges.random(random, batch * (int) input.size());
            for (int i = 0; special > 0 && i < x.length; i++) {
                x[i] = random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : x[i];
            }
            // of several NaN in a window it does not matter which one wins
            for (int i = 0; special > 0 && i < x.length; i += input.area()) {
                x[i + random.nextInt(input.area())] = random.nextBoolean() ? Float.NaN : NEGATIVE_NAN;
            }
            for (boolean accumulates : new boolean[] {false, true}) {
                Found planar = run(1, false, op, input, x, batch, accumulates);
                Found blocks = runOnThreads(op, input, x, batch, accumulates);
                String what = what(op, input, seed, accumulates);
                isSame(planar.output(), blocks.output(), what);
                isSame(planar.gradient(), blocks.gradient(), what + ", gradient");
            }
        }
    }

    private static void isSame(float[] expected, float[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            // 0 is added to what has either sign
            assertThat(Float.compare(actual[i] + 0f, expected[i] + 0f))
                    .as("%s, element %d: %s, not %s", what, i, actual[i], expected[i])
                    .isZero();
        }
    }

    /** Of up to n terms, each off by a rounding of its own. */
    private void compareMeans(Op op, Shape input, long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(3);
        float[] x = Ranges.random(random, batch * (int) input.size());
        for (boolean accumulates : new boolean[] {false, true}) {
            Found planar = run(1, false, op, input, x, batch, accumulates);
            Found blocks = runOnThreads(op, input, x, batch, accumulates);
            String what = what(op, input, seed, accumulates);
            isClose(planar.output(), blocks.output(), 2 * (input.area() + 3) * UNIT * 6, what);
            isClose(planar.gradient(), blocks.gradient(), 2 * (input.area() + 3) * UNIT * 8, what);
        }
    }

    private static void isClose(float[] expected, float[] actual, double bound, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) Math.abs(actual[i] - expected[i]))
                    .as("%s, element %d: %s, not %s", what, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(bound);
        }
    }

    private static String what(Op op, Shape input, long seed, boolean accumulates) {
        return "-Dblocks.seed=" + seed + " -Dblocks.cases=1: " + op + " of " + input + ", added to " + accumulates;
    }

    private Found runOnThreads(Op op, Shape input, float[] x, int batch, boolean accumulates) {
        Found one = run(1, true, op, input, x, batch, accumulates);
        for (int threads = 2; threads <= 3; threads++) {
            Found more = run(threads, true, op, input, x, batch, accumulates);
            assertThat(more.output()).as("%d threads, %s", threads, op).isEqualTo(one.output());
            assertThat(more.gradient()).as("%d threads, %s", threads, op).isEqualTo(one.gradient());
        }
        return one;
    }

    private TrainedInBlocks bind(int threads, boolean blocked, Op op, Shape input, Setting setting) {
        return new TrainedInBlocks(
                new CpuKernels(threads, simd), blocked, op, Optional.empty(), List.of(input), setting);
    }

    private Found run(int threads, boolean blocked, Op op, Shape input, float[] x, int batch, boolean accumulates) {
        try (TrainedInBlocks bound = bind(threads, blocked, op, input, Setting.of(batch + 1, accumulates))) {
            assertThat(!blocked || bound.canBlock()).as("%s of %s", op, input).isTrue();
            Random random = new Random(x.length);
            bound.write(0, x);
            bound.run.set(batch, true, 0, 0);
            bound.forward();
            float[] output = bound.output(batch);
            bound.writeOutputGradient(integers(random, output.length));
            bound.writeGradient(0, integers(random, x.length));
            bound.backward();
            return new Found(output, bound.gradient(0, batch));
        }
    }

    private static float[] integers(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = 1 + random.nextInt(8);
        }
        return numbers;
    }

    private static boolean fits(Op op, Shape input) {
        try {
            return op.def().infer(op, List.of(input), Findings.NONE).size() > 0;
        } catch (Misfit misfit) {
            return false;
        }
    }

    private static Shape shape(Random random) {
        int most = random.nextInt(4) == 0 ? 40 : 12;
        return Shape.of(16 * between(random, 3), between(random, most), between(random, most));
    }

    private static int side(Random random) {
        return random.nextInt(4) == 0 ? between(random, 8) : between(random, 3);
    }

    private static Padding padding(Random random, int height, int width) {
        if (random.nextInt(3) == 0) {
            return Padding.NONE;
        }
        return Padding.of(
                random.nextInt(height / 2 + 1),
                random.nextInt(height / 2 + 1),
                random.nextInt(width / 2 + 1),
                random.nextInt(width / 2 + 1));
    }

    private static int between(Random random, int most) {
        return 1 + random.nextInt(most);
    }
}
