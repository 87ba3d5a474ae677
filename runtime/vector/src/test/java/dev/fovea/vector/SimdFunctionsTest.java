package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdFunctions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each function against Java's own in double; elements outside the range must stay as they are. */
class SimdFunctionsTest {
    private static final double UNIT = 0x1p-24;

    static List<Simd> implementations() {
        return Simds.all();
    }

    /** {@code z'[i]} from {@code x[i], y[i], z[i]}. */
    private interface Element {
        double of(double x, double y, double z);
    }

    private interface Call {
        void run(SimdFunctions functions, float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);
    }

    private static void check(Simd simd, Call call, Element expected) {
        Ranges.forEach(simd.lanes(), (length, offset, random) -> {
            float[] x = Ranges.random(random, length + offset + 7);
            float[] y = Ranges.random(random, length + offset + 9);
            float[] z = Ranges.random(random, length + offset + 5);
            float[] before = z.clone();
            call.run(simd.functions(), x, offset + 2, y, offset + 1, z, offset, length);
            for (int i = 0; i < z.length; i++) {
                boolean inside = i >= offset && i < offset + length;
                double wanted = inside ? expected.of(x[i + 2], y[i + 1], before[i]) : before[i];
                assertThat((double) z[i])
                        .as("%s: length %d, offset %d, element %d", simd.description(), length, offset, i - offset)
                        .isCloseTo(wanted, Offset.offset(4 * UNIT * (Math.abs(wanted) + 12)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sumsAndProducts(Simd simd) {
        check(simd, (f, x, xAt, y, yAt, z, zAt, n) -> f.subtract(x, xAt, y, yAt, z, zAt, n), (x, y, z) -> x - y);
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.normalize(.5f, 3, -2, x, xAt, z, zAt, n),
                (x, y, z) -> 3 * (x - .5) - 2);
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.combine(2, y, yAt, -3, .25f, x, xAt, .5f, z, zAt, n),
                (x, y, z) -> 2 * y - 3 * (x - .25) + .5);
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.addCombination(2, y, yAt, -3, .25f, x, xAt, .5f, z, zAt, n),
                (x, y, z) -> z + 2 * y - 3 * (x - .25) + .5);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void activationsAndTheirGradients(Simd simd) {
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.sigmoid(x, xAt, z, zAt, n),
                (x, y, z) -> 1 / (1 + Math.exp(-x)));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.sigmoidGradient(y, yAt, z, zAt, n),
                (x, y, z) -> z * y * (1 - y));
        check(simd, (f, x, xAt, y, yAt, z, zAt, n) -> f.tanh(x, xAt, z, zAt, n), (x, y, z) -> Math.tanh(x));
        check(simd, (f, x, xAt, y, yAt, z, zAt, n) -> f.tanhGradient(y, yAt, z, zAt, n), (x, y, z) -> z * (1 - y * y));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.leakyRelu(.25f, x, xAt, z, zAt, n),
                (x, y, z) -> x > 0 ? x : .25 * x);
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.leakyReluGradient(.25f, y, yAt, z, zAt, n),
                (x, y, z) -> y > 0 ? z : .25 * z);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void clampAndEluAndTheirGradients(Simd simd) {
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.clamp(-.5f, 1, x, xAt, z, zAt, n),
                (x, y, z) -> Math.min(Math.max(x, -.5), 1));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.clampGradient(-.5f, 1, y, yAt, z, zAt, n),
                (x, y, z) -> y > -.5 && y < 1 ? z : 0);
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.elu(.75f, x, xAt, z, zAt, n),
                (x, y, z) -> x > 0 ? x : .75 * Math.expm1(x));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.eluGradient(.75f, y, yAt, z, zAt, n),
                (x, y, z) -> y > 0 ? z : z * (y + .75));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.leakyRelu(-.25f, x, xAt, z, zAt, n),
                (x, y, z) -> x > 0 ? x : -.25 * x);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void energyOfRows(Simd simd) {
        for (int rows = 1; rows <= 6; rows++) {
            int count = rows;
            Ranges.forEach(simd.lanes(), (length, offset, random) -> {
                int step = length + 3;
                float[] x = Ranges.random(random, offset + count * step);
                float[] y = Ranges.random(random, length + 2);
                float[] before = y.clone();
                simd.functions().energy(.5f, 2, x, offset, step, count, y, 1, length);
                for (int i = 0; i < y.length; i++) {
                    double wanted = before[i];
                    if (i >= 1 && i <= length) {
                        wanted = 2;
                        for (int row = 0; row < count; row++) {
                            double value = x[offset + row * step + i - 1];
                            wanted += .5 * value * value;
                        }
                    }
                    assertThat((double) y[i])
                            .as("%s: %d rows, length %d, element %d", simd.description(), count, length, i - 1)
                            .isCloseTo(wanted, Offset.offset(8 * UNIT * Math.abs(wanted)));
                }
            });
        }
    }

    /** Far from 1, where squares and fourth powers are no floats. */
    @ParameterizedTest
    @MethodSource("implementations")
    void inversePowersOfLargeAndSmall(Simd simd) {
        SimdFunctions f = simd.functions();
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.pow(10, -36 + 72. * i / (x.length - 1));
        }
        float[] y = new float[x.length];
        f.inversePower(.75f, x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double wanted = Math.pow(x[i], -.75);
            assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(wanted, Offset.offset(8 * UNIT * wanted));
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void siluAndItsSlope(Simd simd) {
        DoubleUnaryOperator gate = x -> 1 / (1 + Math.exp(-x));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.silu(x, xAt, z, zAt, n),
                (x, y, z) -> x * gate.applyAsDouble(x));
        check(
                simd,
                (f, x, xAt, y, yAt, z, zAt, n) -> f.siluSlope(x, xAt, z, zAt, n),
                (x, y, z) -> gate.applyAsDouble(x) * (1 + x * gate.applyAsDouble(-x)));
        scan(
                -87.3,
                88.7,
                x -> x * gate.applyAsDouble(x),
                (x, y, n) -> simd.functions().silu(x, 0, y, 0, n),
                7);
    }

    /** {@code Φ(x) + x·φ(x)}, from SciPy. Where it is near 0 two parts of it cancel, so errors are those of the larger. */
    @ParameterizedTest
    @MethodSource("implementations")
    void slopeOfGelu(Simd simd) {
        float[] x = {-8, -5, -3, -2, -1, -.5f, 0, 1, 5};
        double[] slopes = {
            -3.9796072610867965e-14,
            -7.1469460017922964e-06,
            -0.01194564720418393,
            -0.08523180107819693,
            -0.08331547058768629,
            0.13250487534383712,
            0.5,
            1.0833154705876864,
            1.0000071469460017
        };
        for (int i = 0; i < x.length; i++) {
            float[] in = new float[3 * simd.lanes() + 1];
            Arrays.fill(in, x[i]);
            float[] out = new float[in.length];
            simd.functions().geluSlope(in, 0, out, 0, in.length);
            double density = Math.exp(-.5 * x[i] * x[i]) / Math.sqrt(2 * Math.PI);
            double margin = 4e-7 * (Math.abs(slopes[i]) + Math.abs(x[i]) * density);
            for (float slope : out) {
                assertThat((double) slope).as("at %s", x[i]).isCloseTo(slopes[i], Offset.offset(margin));
            }
        }
    }

    /** The coefficients of tanh do not keep it from leaving the interval by a rounding. */
    @ParameterizedTest
    @MethodSource("implementations")
    void tanhStaysWithinOne(Simd simd) {
        int count = 1 << 20;
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (i % 2 == 0 ? 1 : -1) * (7 + i * 0x1p-19f);
        }
        float[] y = new float[count];
        simd.functions().tanh(x, 0, y, 0, count);
        for (int i = 0; i < count; i++) {
            if (Math.abs(y[i]) > 1 || y[i] * x[i] < 0) {
                assertThat(y[i] * Math.signum(x[i])).as("|tanh(%s)|", x[i]).isBetween(0f, 1f);
            }
        }
        float[] zero = {-0f};
        simd.functions().tanh(zero, 0, zero, 0, 1);
        assertThat(Float.floatToRawIntBits(zero[0])).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    /** Tables of the standard normal distribution, whose tails must keep their digits. */
    @ParameterizedTest
    @MethodSource("implementations")
    void shareOfTheNormalDistribution(Simd simd) {
        float[] x = {-8, -5, -3, -2, -1, -.5f, 0, 1, 5, 1 / 0f, -1 / 0f, Float.NaN};
        double[] shares = {
            6.220960574271784e-16,
            2.866515718791939e-7,
            1.3498980316300946e-3,
            .022750131948179207,
            .15865525393145705,
            .3085375387259869,
            .5,
            .8413447460685429,
            .9999997133484281,
            1,
            0,
            Double.NaN
        };
        for (int i = 0; i < x.length; i++) {
            float[] in = new float[3 * simd.lanes() + 1];
            Arrays.fill(in, x[i]);
            float[] out = new float[in.length];
            simd.functions().normalShare(in, 0, out, 0, in.length);
            for (float share : out) {
                if (Double.isNaN(shares[i])) {
                    assertThat(share).isNaN();
                } else {
                    assertThat((double) share).as("at %s", x[i]).isCloseTo(shares[i], Offset.offset(4e-7 * shares[i]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void reductions(Simd simd) {
        Ranges.forEach(simd.lanes(), (length, offset, random) -> {
            float[] x = Ranges.random(random, length + offset + 3);
            float[] y = Ranges.random(random, length + offset + 4);
            double dot = 0;
            double products = 0;
            double distance = 0;
            for (int i = 0; i < length; i++) {
                double a = x[offset + i];
                double b = y[offset + 1 + i];
                dot += (a - .25) * b;
                products += Math.abs((a - .25) * b);
                distance += (a - b) * (a - b);
            }
            SimdFunctions functions = simd.functions();
            assertThat((double) functions.dotCentred(.25f, x, offset, y, offset + 1, length))
                    .isCloseTo(dot, Offset.offset(2 * UNIT * (length + 2) * products));
            assertThat((double) functions.squaredDistance(x, offset, y, offset + 1, length))
                    .isCloseTo(distance, Offset.offset(2 * UNIT * (length + 2) * distance));
        });
    }

    /** All through the range, and beyond it: relative error in units of half the last place. */
    @ParameterizedTest
    @MethodSource("implementations")
    void relativeErrors(Simd simd) {
        SimdFunctions f = simd.functions();
        scan(-87.3, 88.7, Math::exp, (x, y, n) -> f.exp(0, x, 0, y, 0, n), 4);
        scan(-87.3, 88.7, x -> 1 / (1 + Math.exp(-x)), (x, y, n) -> f.sigmoid(x, 0, y, 0, n), 6);
        scan(-10, 10, Math::tanh, (x, y, n) -> f.tanh(x, 0, y, 0, n), 6);
        scan(-1e-3, 1e-3, Math::tanh, (x, y, n) -> f.tanh(x, 0, y, 0, n), 6);
        scan(-20, -1e-6, Math::expm1, (x, y, n) -> f.elu(1, x, 0, y, 0, n), 8);
        for (float exponent : new float[] {.25f, .5f, .75f, 1, .6f}) {
            scan(1e-6, 50, x -> Math.pow(x, -exponent), (x, y, n) -> f.inversePower(exponent, x, 0, y, 0, n), 8);
        }
    }

    private interface Function {
        void apply(float[] x, float[] y, int length);
    }

    private static void scan(double from, double to, DoubleUnaryOperator exact, Function function, double units) {
        int count = 100_003;
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) (from + (to - from) * i / (count - 1));
        }
        float[] y = new float[count];
        function.apply(x, y, count);
        for (int i = 0; i < count; i++) {
            double wanted = exact.applyAsDouble(x[i]);
            if (!(Math.abs(y[i] - wanted) <= units * UNIT * Math.abs(wanted))) {
                assertThat((double) y[i]).as("at %s", x[i]).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void beyondTheRange(Simd simd) {
        float[] x = {-1e30f, -200, -88, 0, -0f, 88, 200, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        float[] exponentials = {0, 0, 0, 1, 1, (float) Math.exp(88), 1 / 0f, 1 / 0f, 0, Float.NaN};
        float[] sigmoids = {0, 0, 0, .5f, .5f, 1, 1, 1, 0, Float.NaN};
        float[] tangents = {-1, -1, -1, 0, -0f, 1, 1, 1, -1, Float.NaN};
        // Each number fills a register, so that both loops meet it.
        for (int i = 0; i < x.length; i++) {
            float[] in = new float[3 * simd.lanes() + 1];
            Arrays.fill(in, x[i]);
            float[] out = new float[in.length];
            simd.functions().exp(0, in, 0, out, 0, in.length);
            assertAll(out, exponentials[i], 1e-6f, "exp(" + x[i] + ")");
            simd.functions().sigmoid(in, 0, out, 0, in.length);
            assertAll(out, sigmoids[i], 1e-30f, "sigmoid(" + x[i] + ")");
            simd.functions().tanh(in, 0, out, 0, in.length);
            assertAll(out, tangents[i], 0, "tanh(" + x[i] + ")");
        }
    }

    private static void assertAll(float[] actual, float expected, float relative, String what) {
        for (float value : actual) {
            if (Float.isFinite(expected)) {
                float margin = Math.max(relative * Math.abs(expected), relative);
                assertThat(value).as(what).isCloseTo(expected, Offset.offset(margin));
            } else {
                assertThat((Float) value).as(what).isEqualTo((Float) expected); // boxed, so that NaN equals NaN
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void shiftOfExp(Simd simd) {
        float[] x = {1000, 999, 1001};
        float[] y = new float[3];
        simd.functions().exp(1000, x, 0, y, 0, 3);
        assertThat(y).containsExactly(new float[] {1, 0.36787944f, 2.7182817f}, Offset.offset(5e-7f));
    }

    /** Planes each by its numbers: as one after the other, then rectified. */
    @ParameterizedTest
    @MethodSource("implementations")
    void normalizedPlanes(Simd simd) {
        int planes = 3;
        float[] numbers = {.5f, -1, 0, 9, 2, -3, 1e3f, 9, .25f, -0f, 7, 9};
        for (int area : new int[] {1, 3, 4, 7, 8, 15, 16, 17, 49, 64, 100}) {
            float[] x = Ranges.random(new Random(area), planes * area + 1);
            x[1] = Float.NaN;
            x[planes * area] = numbers[2];
            for (boolean rectify : new boolean[] {false, true}) {
                float[] expected = new float[planes * area + 2];
                float[] actual = expected.clone();
                for (int i = 0; i < planes; i++) {
                    int to = 1 + i * area;
                    simd.functions().normalize(numbers[i], numbers[4 + i], numbers[8 + i], x, to, expected, to, area);
                    if (rectify) {
                        simd.relu(expected, to, expected, to, area);
                    }
                }
                simd.functions().normalizePlanes(numbers, 4, rectify, x, 1, actual, 1, planes, area);
                assertThat(actual[0]).isZero();
                assertThat(actual[planes * area + 1]).isZero();
                for (int i = 1; i <= planes * area; i++) {
                    int plane = (i - 1) / area;
                    float size = Math.abs(numbers[4 + plane] * (x[i] - numbers[plane])) + Math.abs(numbers[8 + plane]);
                    assertThat(actual[i])
                            .as("area %d, rectify %s, element %d", area, rectify, i)
                            .isCloseTo(expected[i], Offset.offset(Float.isNaN(size) ? 0 : 2e-7f * size));
                }
            }
        }
    }
}
