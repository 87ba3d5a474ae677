package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Findings;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kernels whose tensors lie in channel blocks against the same kernels on planes: pooling of all kinds and batch normalisation. */
class InBlocksTest {
    private static final long SEED = Long.getLong("blocks.seed", 20261128L);
    private static final int CASES = Integer.getInteger("blocks.cases", 300);
    private static final double UNIT = Math.ulp(1f) / 2;
    private static final float[] SPECIAL = {
        Float.NaN, Float.intBitsToFloat(0xFFC0_0000), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f
    };

    private Simd simd;

    @BeforeEach
    void blocks() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    @Test
    void poolsAsNetworksDo() {
        Pair three = Pair.square(3);
        Pair two = Pair.square(2);
        Pair one = Pair.square(1);
        for (boolean ceil : new boolean[] {false, true}) {
            compareMaxima(new MaxPool(three, two, Padding.all(1), one, ceil), Shape.of(64, 112, 112), 1);
            compareMaxima(new MaxPool(three, two, Padding.NONE, one, ceil), Shape.of(64, 55, 55), 1);
            compareMaxima(new MaxPool(three, one, Padding.all(1), one, ceil), Shape.of(192, 28, 28), 1);
            compareMaxima(new MaxPool(two, two, Padding.NONE, one, ceil), Shape.of(16, 224, 224), 1);
            compareMaxima(new MaxPool(Pair.square(13), one, Padding.all(6), one, ceil), Shape.of(32, 13, 13), 2);
            compareMeans(new AvgPool(three, one, Padding.all(1), ceil, true), Shape.of(48, 35, 35), 1);
            compareMeans(new AvgPool(two, two, Padding.NONE, ceil, true), Shape.of(128, 56, 56), 1);
            compareMeans(new AvgPool(Pair.square(7), one, Padding.NONE, ceil, false), Shape.of(64, 7, 7), 3);
        }
    }

    @Test
    void maximaOfAllKinds() {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            Shape input = shape(random);
            Pair kernel = new Pair(side(random), side(random));
            Pair dilation = random.nextBoolean() ? Pair.square(1) : new Pair(between(random, 3), between(random, 3));
            Pair stride = new Pair(between(random, 4), between(random, 4));
            Padding padding = padding(
                    random, extent(kernel.height(), dilation.height()), extent(kernel.width(), dilation.width()));
            compareMaxima(new MaxPool(kernel, stride, padding, dilation, random.nextBoolean()), input, SEED + i);
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
            compareMeans(
                    new AvgPool(kernel, stride, padding, random.nextBoolean(), random.nextBoolean()), input, SEED + i);
        }
    }

    @Test
    void binsThatAreAlike() {
        compareMeans(new AdaptiveAvgPool(Pair.square(7)), Shape.of(32, 7, 7), 1);
        compareMeans(new AdaptiveAvgPool(Pair.square(1)), Shape.of(32, 7, 7), 2);
        compareMeans(new AdaptiveAvgPool(new Pair(5, 4)), Shape.of(32, 9, 8), 3);
        compareMaxima(new AdaptiveMaxPool(new Pair(5, 4)), Shape.of(32, 9, 8), 4);
    }

    @Test
    void wholeChannels() {
        for (int side : new int[] {1, 2, 3, 5, 7, 8}) {
            compareMeans(new GlobalAvgPool(), Shape.of(48, side, side + 1), side);
            compareMaxima(new GlobalMaxPool(), Shape.of(48, side, side + 1), side);
        }
    }

    @Test
    void batchNormalisation() {
        List<Optional<Op>> activations =
                List.of(Optional.empty(), Optional.of(new Relu()), Optional.of(new LeakyRelu(.1f)));
        for (Shape shape :
                List.of(Shape.of(16, 1, 2), Shape.of(48, 7, 7), Shape.of(32, 28, 28), Shape.of(16, 56, 40))) {
            for (Optional<Op> activation : activations) {
                for (int batch : new int[] {1, 3}) {
                    for (int i = 0; i < 4; i++) {
                        normalize(new BatchNorm(1e-5f, .1f, i % 2 == 0), activation, shape, batch, i > 1);
                    }
                }
            }
        }
    }

    /** The same numbers in the same order of operations: bit by bit where planes are done by registers alone. */
    private void normalize(BatchNorm op, Optional<Op> activation, Shape shape, int batch, boolean inPlace) {
        float[] x = Ranges.random(new Random(SEED), batch * (int) shape.size());
        String what = op + " " + activation + " " + shape + ", batch " + batch;
        float[] expected = run(1, false, op, activation, shape, x, batch, inPlace);
        float[] one = run(1, true, op, activation, shape, x, batch, inPlace);
        float[] two = run(2, true, op, activation, shape, x, batch, inPlace);
        assertThat(two).as(what).isEqualTo(one);
        if (shape.area() % simd.lanes() == 0 || (!inPlace && shape.area() >= simd.lanes())) {
            assertThat(one).as(what).isEqualTo(expected);
        }
        for (int i = 0; i < one.length; i++) {
            // x less than 6, the mean, a and b less than 1.5: the product and the sum are rounded once or twice
            assertThat((double) Math.abs(one[i] - expected[i])).as(what).isLessThan(30 * UNIT);
        }
    }

    @Test
    void whatCannotLieInBlocks() {
        assertThat(canBlock(new GlobalAvgPool(), Shape.of(40, 4, 4))).isFalse();
        assertThat(canBlock(new BatchNorm(1e-5f, .1f, true), Shape.of(8, 4, 4))).isFalse();
        assertThat(canBlock(new AdaptiveAvgPool(Pair.square(3)), Shape.of(16, 7, 7)))
                .as("bins of several widths")
                .isFalse();
        assertThat(canBlock(new AdaptiveAvgPool(Pair.square(3)), Shape.of(16, 6, 6)))
                .isTrue();
    }

    private boolean canBlock(Op op, Shape shape) {
        try (InBlocks bound = new InBlocks(new CpuKernels(1, simd), false, op, Optional.empty(), shape, 1)) {
            return bound.canBlock();
        }
    }

    /** Nothing is made of the heap's memory in a run. */
    @Test
    void runsTakeNoMemory() {
        Shape shape = Shape.of(64, 14, 14);
        Pair three = Pair.square(3);
        Pair one = Pair.square(1);
        for (Op op : List.of(
                new MaxPool(three, Pair.square(2), Padding.all(1), one, false),
                new MaxPool(Pair.square(5), one, Padding.all(2), one, false),
                new AvgPool(three, one, Padding.all(1), false, true),
                new GlobalAvgPool(),
                new GlobalMaxPool(),
                new BatchNorm(1e-5f, .1f, true))) {
            try (InBlocks bound = new InBlocks(new CpuKernels(1, simd), true, op, Optional.empty(), shape, 1)) {
                bound.forward(new float[(int) shape.size()], 1);
                assertThat(TakenMemory.least(() -> bound.forward(1)))
                        .as("%s", op)
                        .isZero();
            }
        }
    }

    /** The largest is one of the elements, whatever the order: the same bits, but for the sign of a zero among zeros of both signs, of which planes take sometimes the first. */
    private void compareMaxima(Op op, Shape input, long seed) {
        if (!fits(op, input)) {
            return;
        }
        Random random = new Random(seed);
        for (int special = 0; special <= 1; special++) {
            int batch = 1 + 2 * random.nextInt(2);
            float[] x = Ranges.random(random, batch * (int) input.size());
            for (int i = 0; special > 0 && i < x.length; i++) {
                x[i] = random.nextInt(8) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : x[i];
            }
            List<float[]> found = runAll(op, input, x, batch);
            for (int i = 0; i < found.get(0).length; i++) {
                float expected = found.get(0)[i];
                float actual = found.get(1)[i];
                boolean same = Float.floatToIntBits(expected) == Float.floatToIntBits(actual)
                        || (expected == 0 && actual == 0);
                assertThat(same)
                        .as(
                                "-Dblocks.seed=%d -Dblocks.cases=1: %s of %s, element %d: %s, not %s",
                                seed, op, input, i, actual, expected)
                        .isTrue();
            }
        }
    }

    /** A sum of n terms in any order is off by n − 1 roundings of the sum of their magnitudes, and a mean of magnitudes is no more than the largest. */
    private void compareMeans(Op op, Shape input, long seed) {
        if (!fits(op, input)) {
            return;
        }
        Random random = new Random(seed);
        int batch = 1 + 2 * random.nextInt(2);
        float[] x = Ranges.random(random, batch * (int) input.size());
        if (random.nextInt(4) == 0) {
            x[random.nextInt(x.length)] = SPECIAL[random.nextInt(SPECIAL.length)];
        }
        float largest = 0;
        for (float one : x) {
            largest = Math.max(largest, Float.isFinite(one) ? Math.abs(one) : 0);
        }
        List<float[]> found = runAll(op, input, x, batch);
        double bound = 2 * (input.area() + 3) * UNIT * largest;
        for (int i = 0; i < found.get(0).length; i++) {
            float expected = found.get(0)[i];
            float actual = found.get(1)[i];
            boolean close = Float.compare(expected, actual) == 0 || Math.abs(expected - actual) <= bound;
            assertThat(close)
                    .as(
                            "-Dblocks.seed=%d -Dblocks.cases=1: %s of %s, element %d: %s, not %s",
                            seed, op, input, i, actual, expected)
                    .isTrue();
        }
    }

    /** On planes and in blocks, the latter on one thread and on more, which must not matter. */
    private List<float[]> runAll(Op op, Shape input, float[] x, int batch) {
        List<float[]> found = new ArrayList<>();
        found.add(run(1, false, op, Optional.empty(), input, x, batch, false));
        found.add(run(1, true, op, Optional.empty(), input, x, batch, false));
        for (int threads = 2; threads <= 3; threads++) {
            float[] more = run(threads, true, op, Optional.empty(), input, x, batch, false);
            assertThat(more).as("%d threads, %s", threads, op).isEqualTo(found.get(1));
        }
        return found;
    }

    private float[] run(
            int threads,
            boolean blocked,
            Op op,
            Optional<Op> activation,
            Shape input,
            float[] x,
            int batch,
            boolean inPlace) {
        CpuKernels kernels = new CpuKernels(threads, simd);
        try (InBlocks bound = new InBlocks(kernels, blocked, op, activation, input, batch + 1, inPlace)) {
            assertThat(bound.canBlock()).as("%s of %s", op, input).isTrue();
            return bound.forward(x, batch);
        }
    }

    private static boolean fits(Op op, Shape input) {
        try {
            return op.def().infer(op, List.of(input), Findings.NONE).size() > 0;
        } catch (Misfit misfit) {
            return false;
        }
    }

    private static Shape shape(Random random) {
        int most = random.nextInt(4) == 0 ? 70 : 12;
        return Shape.of(16 * between(random, 3), between(random, most), between(random, most));
    }

    private static int side(Random random) {
        return random.nextInt(4) == 0 ? between(random, 12) : between(random, 3);
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

    private static int extent(int kernel, int dilation) {
        return dilation * (kernel - 1) + 1;
    }

    private static int between(Random random, int most) {
        return 1 + random.nextInt(most);
    }
}
