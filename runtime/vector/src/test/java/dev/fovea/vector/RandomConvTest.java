package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions of random shapes, on plain loops and on SIMD, against seven nested loops in double, and the same bits on 1, 2
 * and 3 threads. Each register width that the build runs has shapes of its own: 2,000 together, 100,000 in the profile
 * {@code long}.
 */
class RandomConvTest {
    private static final long SEED =
            Long.getLong("conv.seed", 20261123L + 1_000_000L * Integer.getInteger("expected.lanes", 0));
    private static final int CASES = Integer.getInteger("conv.cases", 500);
    /** One case in so many runs on several threads too. */
    private static final int THREADED = 3;
    /** Cases of groups with few channels are one for so many others. */
    private static final int GROUPED_SHARE = 4;
    /** The larger cases of Winograd's way are one for so many others. */
    private static final int WINOGRAD_SHARE = 10;
    /** The same of those with many channels. */
    private static final int WIDE_SHARE = 50;

    static List<Simd> implementations() {
        return Simds.all();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoops(Simd simd) {
        for (int i = 0; i < CASES; i++) {
            long seed = SEED + i;
            ConvCase random = random(new Random(seed));
            String what = simd.description() + ", -Dconv.seed=" + seed + " -Dconv.cases=1: " + random;
            float[][] one = random.run(simd, 1, what);
            if (i % THREADED > 0) {
                continue;
            }
            assertThat(random.run(simd, 2, what)).as(what).isDeepEqualTo(one);
            assertThat(random.run(simd, 3, what)).as(what).isDeepEqualTo(one);
        }
    }

    /** Both ways of groups with few channels, each with every stride, kernel and padding, and planes of more than one band. */
    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoopsPlaneByPlane(Simd simd) {
        int planes = 0;
        for (int i = 0; i < CASES / GROUPED_SHARE; i++) {
            long seed = SEED + i;
            ConvCase random = randomGroups(new Random(seed));
            String what = simd.description() + ", groups, seed " + seed + ": " + random;
            float[][] one = random.run(simd, 1, what);
            if (i % THREADED == 0) {
                assertThat(random.run(simd, 3, what)).as(what).isDeepEqualTo(one);
                random.run(simd, 1, ConvolutionWay.GATHERED, "gathered, " + what);
            }
            planes += random.ways(simd).get(Pass.WEIGHT_GRADIENT).equals("depthwise") ? 1 : 0;
        }
        assertThat(planes).as("computed plane by plane").isEqualTo(CASES / GROUPED_SHARE);
    }

    /**
     * Few channels on either side with step 1: the same bits as by {@link ConvolutionWay#GATHERED} for the output and the gradient of the
     * input, though rows of zeros are left out, but for the sign of a zero.
     */
    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoopsRowByRow(Simd simd) {
        for (int i = 0; i < CASES / GROUPED_SHARE; i++) {
            long seed = SEED + i;
            ConvCase random = randomRows(new Random(seed));
            String what = simd.description() + ", rows, seed " + seed + ": " + random;
            float[][] one = random.run(simd, 1, what);
            float[][] gathered = random.run(simd, 1, ConvolutionWay.GATHERED, what);
            assertThat(unsignedZeros(one[0])).as(what).isEqualTo(unsignedZeros(gathered[0]));
            assertThat(unsignedZeros(one[1])).as(what).isEqualTo(unsignedZeros(gathered[1]));
            assertThat(random.infer(simd, 2, ConvolutionWay.BY_SHAPE, what))
                    .as(what)
                    .isEqualTo(random.infer(simd, 1, ConvolutionWay.GATHERED, what));
            if (i % THREADED == 0) {
                assertThat(random.run(simd, 3, what)).as(what).isDeepEqualTo(one);
            }
        }
    }

    static float[] unsignedZeros(float[] values) {
        float[] others = values.clone();
        for (int i = 0; i < others.length; i++) {
            others[i] += 0f;
        }
        return others;
    }

    private static ConvCase randomRows(Random random) {
        while (true) {
            Conv op = new Conv(
                    1 + random.nextInt(21),
                    new Pair(1 + random.nextInt(6), 1 + random.nextInt(6)),
                    Pair.square(1),
                    Padding.of(random.nextInt(5), random.nextInt(4), random.nextInt(4), random.nextInt(5)),
                    random.nextInt(4) == 0 ? new Pair(1 + random.nextInt(3), 1 + random.nextInt(3)) : Pair.square(1),
                    1,
                    random.nextBoolean(),
                    PaddingMode.ZEROS,
                    Initializer.DEFAULT,
                    List.of(),
                    Rounding.FLOOR);
            boolean large = random.nextInt(6) == 0;
            Shape input = Shape.of(
                    1 + random.nextInt(large ? 3 : 20),
                    2 + random.nextInt(large ? 70 : 20),
                    7 + random.nextInt(large ? 70 : 26));
            if (fits(op, input)) {
                return new ConvCase(op, input, 1 + random.nextInt(4), random.nextInt(4) == 0, random.nextLong());
            }
        }
    }

    private static ConvCase randomGroups(Random random) {
        while (true) {
            int groups = 4 + random.nextInt(6);
            int inputs = groups * (random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4));
            int outputs = groups * (random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4));
            boolean square = random.nextInt(3) > 0;
            int side = 1 + random.nextInt(7);
            int step = 1 + random.nextInt(2);
            Conv op = new Conv(
                    outputs,
                    square ? Pair.square(side) : new Pair(1 + random.nextInt(7), 1 + random.nextInt(7)),
                    square ? Pair.square(step) : new Pair(1 + random.nextInt(4), 1 + random.nextInt(4)),
                    square
                            ? Padding.all(side / 2)
                            : Padding.of(random.nextInt(7), random.nextInt(4), random.nextInt(4), 3),
                    random.nextInt(4) == 0 ? new Pair(1 + random.nextInt(3), 1 + random.nextInt(3)) : Pair.square(1),
                    groups,
                    random.nextBoolean(),
                    random.nextInt(3) == 0 ? PaddingMode.values()[random.nextInt(4)] : PaddingMode.ZEROS,
                    Initializer.DEFAULT,
                    List.of(),
                    random.nextInt(4) == 0 ? Rounding.CEIL : Rounding.FLOOR);
            boolean large = random.nextInt(12) == 0;
            Shape input = Shape.of(inputs, 1 + random.nextInt(large ? 90 : 20), 1 + random.nextInt(large ? 110 : 40));
            if (fits(op, input)) {
                return new ConvCase(op, input, 1 + random.nextInt(3), random.nextBoolean(), random.nextLong());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoopsByFewerMultiplications(Simd simd) {
        int gradients = 0;
        for (int i = 0; i < CASES / WINOGRAD_SHARE; i++) {
            long seed = SEED + i;
            ConvCase random = randomForWinograd(new Random(seed));
            String what = simd.description() + ", Winograd, seed " + seed + ": " + random;
            float[][] one = random.run(simd, 1, ConvolutionWay.WINOGRAD, what);
            assertThat(random.run(simd, 3, ConvolutionWay.WINOGRAD, what))
                    .as(what)
                    .isDeepEqualTo(one);
            gradients += KernelPart.WINOGRAD.equals(
                            random.ways(simd, ConvolutionWay.WINOGRAD).get(Pass.WEIGHT_GRADIENT))
                    ? 1
                    : 0;
        }
        assertThat(gradients).as("weights' gradients by Winograd").isGreaterThan(CASES / WINOGRAD_SHARE / 10);
    }

    /** So many that the sum is cut into blocks and the rows of a product are shared out. */
    @ParameterizedTest
    @MethodSource("implementations")
    void equalsTheLoopsWithManyChannels(Simd simd) {
        for (int i = 0; i < CASES / WIDE_SHARE; i++) {
            long seed = SEED + i;
            ConvCase random = randomWide(new Random(seed));
            String what = simd.description() + ", wide, seed " + seed + ": " + random;
            float[][] one = random.run(simd, 1, ConvolutionWay.GATHERED, what);
            assertThat(random.run(simd, 3, ConvolutionWay.GATHERED, what))
                    .as(what)
                    .isDeepEqualTo(one);
        }
    }

    private static ConvCase randomWide(Random random) {
        int kernel = random.nextInt(3) == 0 ? 2 : 1;
        Conv op = new Conv(
                256 * (1 + random.nextInt(2)) + random.nextInt(9) * random.nextInt(9),
                Pair.square(kernel),
                Pair.square(1 + random.nextInt(2)),
                Padding.all(random.nextInt(kernel)),
                Pair.square(1),
                1,
                random.nextBoolean(),
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
        // Groups of eight channels go another way than the rest.
        int channels = 8 * (32 + random.nextInt(50)) + random.nextInt(3) / 2 * random.nextInt(8);
        Shape input = Shape.of(channels, 2 + random.nextInt(5), 2 + random.nextInt(9));
        return new ConvCase(op, input, 1 + random.nextInt(3), random.nextBoolean(), random.nextLong());
    }

    /**
     * Few outputs with a kept weight: the same bits as by {@link ConvolutionWay#GATHERED}, whose sums take their terms in the same order, on
     * any number of threads.
     */
    @ParameterizedTest
    @MethodSource("implementations")
    void aKeptWeightGivesTheSameBits(Simd simd) {
        int compared = 0;
        for (int i = 0; i < CASES; i++) {
            long seed = SEED + i;
            ConvCase random = random(new Random(seed));
            Window window = random.op().window(random.input());
            int outputs = window.rows().output() * window.columns().output();
            boolean winograd = random.op().kernel().equals(Pair.square(3))
                    && Math.min(random.input().channels(), random.op().channels()) >= 24;
            if (outputs * random.batch() > 256 || random.op().groups() > 1 || winograd) {
                continue; // another way
            }
            compared++;
            String what = simd.description() + ", inference, -Dconv.seed=" + seed + " -Dconv.cases=1: " + random;
            float[] gathered = random.infer(simd, 1, ConvolutionWay.GATHERED, what);
            assertThat(random.infer(simd, 1, ConvolutionWay.BY_SHAPE, what))
                    .as(what)
                    .isEqualTo(gathered);
            assertThat(random.infer(simd, 3, ConvolutionWay.BY_SHAPE, what))
                    .as(what)
                    .isEqualTo(gathered);
        }
        assertThat(compared).isGreaterThan(CASES / 10);
    }

    /** 3×3 with step 1, padded in any way, with channels enough. */
    private static ConvCase randomForWinograd(Random random) {
        while (true) {
            int most = random.nextInt(4) == 0 ? 4 : 2; // with a padding of 2 it is not taken
            Padding padding =
                    Padding.of(random.nextInt(most), random.nextInt(most), random.nextInt(most), random.nextInt(most));
            Conv op = new Conv(
                    24 + random.nextInt(random.nextInt(4) == 0 ? 280 : 20),
                    Pair.square(3),
                    Pair.square(1),
                    padding,
                    Pair.square(1),
                    1,
                    random.nextBoolean(),
                    random.nextInt(3) == 0 ? PaddingMode.values()[random.nextInt(4)] : PaddingMode.ZEROS,
                    Initializer.DEFAULT,
                    List.of(),
                    Rounding.FLOOR);
            int widest = random.nextInt(10) == 0 ? 70 : 13;
            int highest = random.nextInt(3) == 0 ? 25 : 13;
            Shape input = Shape.of(24 + random.nextInt(20), 1 + random.nextInt(highest), 1 + random.nextInt(widest));
            if (fits(op, input)) {
                return new ConvCase(op, input, 1 + random.nextInt(3), random.nextBoolean(), random.nextLong());
            }
        }
    }

    private static ConvCase random(Random random) {
        IntUnaryOperator upTo = n -> 1 + random.nextInt(n);
        while (true) {
            int groups = random.nextInt(3) == 0 ? upTo.applyAsInt(4) : 1;
            int inputs = groups * upTo.applyAsInt(random.nextInt(4) == 0 ? 40 : 7);
            int outputs = groups * upTo.applyAsInt(random.nextInt(4) == 0 ? 70 : 9);
            if (random.nextInt(8) == 0) { // channels by themselves
                groups = 2 + random.nextInt(9);
                inputs = groups;
                outputs = groups * upTo.applyAsInt(3);
            }
            Pair kernel = new Pair(upTo.applyAsInt(5), upTo.applyAsInt(5));
            Pair stride = new Pair(upTo.applyAsInt(3), upTo.applyAsInt(3));
            Pair dilation = random.nextInt(3) == 0 ? new Pair(upTo.applyAsInt(3), upTo.applyAsInt(3)) : Pair.square(1);
            Padding padding = random.nextBoolean()
                    ? Padding.all(random.nextInt(4))
                    : Padding.of(random.nextInt(7), random.nextInt(4), random.nextInt(4), random.nextInt(7));
            PaddingMode mode = random.nextInt(3) == 0 ? PaddingMode.values()[random.nextInt(4)] : PaddingMode.ZEROS;
            int height = upTo.applyAsInt(random.nextInt(6) == 0 ? 40 : 12);
            int width = upTo.applyAsInt(random.nextInt(6) == 0 ? 300 : 14);
            Conv op = new Conv(
                    outputs,
                    kernel,
                    stride,
                    padding,
                    dilation,
                    groups,
                    random.nextBoolean(),
                    mode,
                    Initializer.DEFAULT,
                    List.of(),
                    random.nextInt(4) == 0 ? Rounding.CEIL : Rounding.FLOOR);
            Shape input = Shape.of(inputs, height, width);
            if (fits(op, input)) {
                return new ConvCase(op, input, upTo.applyAsInt(5), random.nextBoolean(), random.nextLong());
            }
        }
    }

    private static boolean fits(Conv op, Shape input) {
        try {
            Window window = op.window(input);
            return op.paddingMode() == PaddingMode.ZEROS
                    || (mirrors(op.paddingMode(), window.rows()) && mirrors(op.paddingMode(), window.columns()));
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static boolean mirrors(PaddingMode mode, Window.Axis axis) {
        int last = (axis.output() - 1) * axis.stride() + (axis.kernel() - 1) * axis.dilation() - axis.before();
        return Arrays.stream(new int[] {-axis.before(), last})
                .map(position -> mode.source(position, axis.input()))
                .allMatch(source -> source >= 0 && source < axis.input());
    }
}
