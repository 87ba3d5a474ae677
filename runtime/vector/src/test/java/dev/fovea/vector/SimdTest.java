package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each primitive against its one-line definition; elements outside the range must stay as they are. */
class SimdTest {
    private static final float UNIT = Math.ulp(1f) / 2;

    static List<Simd> implementations() {
        return Simds.all();
    }

    /** {@code z'[i]} from {@code x[i], y[i], z[i]}. */
    private interface Element {
        double of(float x, float y, float z);
    }

    private interface Call {
        void run(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);
    }

    private static void check(Simd simd, Call call, Element expected) {
        Ranges.forEach(simd.lanes(), (length, offset, random) -> {
            float[] x = Ranges.random(random, length + offset + 7);
            float[] y = Ranges.random(random, length + offset + 9);
            float[] z = Ranges.random(random, length + offset + 5);
            float[] before = z.clone();
            call.run(x, offset + 2, y, offset + 1, z, offset, length);
            for (int i = 0; i < z.length; i++) {
                boolean inside = i >= offset && i < offset + length;
                double wanted = inside ? expected.of(x[i + 2], y[i + 1], before[i]) : before[i];
                assertThat((double) z[i])
                        .as("%s: length %d, offset %d, element %d", simd.description(), length, offset, i - offset)
                        .isCloseTo(wanted, Offset.offset(2 * UNIT * (Math.abs(wanted) + 8)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void elementWise(Simd simd) {
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.scale(1.7f, z, zAt, n), (x, y, z) -> 1.7f * z);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.add(x, xAt, z, zAt, n), (x, y, z) -> x + z);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.add(x, xAt, y, yAt, z, zAt, n), (x, y, z) -> x + y);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.addScaled(-.3f, x, xAt, z, zAt, n), (x, y, z) -> z - .3f * x);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.affine(3f, -2f, x, xAt, z, zAt, n), (x, y, z) -> 3f * x - 2f);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.multiply(x, xAt, y, yAt, z, zAt, n), (x, y, z) -> x * y);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.addProduct(x, xAt, y, yAt, z, zAt, n), (x, y, z) -> x * y + z);
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.max(x, xAt, z, zAt, n), (x, y, z) -> Math.max(x, z));
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.relu(x, xAt, z, zAt, n), (x, y, z) -> Math.max(x, 0));
        check(
                simd,
                (x, xAt, y, yAt, z, zAt, n) -> simd.addRelu(x, xAt, y, yAt, z, zAt, n),
                (x, y, z) -> Math.max(x + y, 0));
        check(simd, (x, xAt, y, yAt, z, zAt, n) -> simd.reluMask(x, xAt, z, zAt, n), (x, y, z) -> x > 0 ? z : 0);
    }

    /** What is 0 or below takes the gradient with it, be that infinite; a NaN lets it through. */
    @ParameterizedTest
    @MethodSource("implementations")
    void masksAtTheEdges(Simd simd) {
        float negativeNaN = Float.intBitsToFloat(0xFFC0_0000);
        float[] edges = {
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.NaN,
            negativeNaN,
            Float.POSITIVE_INFINITY,
            -1f,
            1f,
            Float.NEGATIVE_INFINITY
        };
        for (int i = 0; i < edges.length; i++) {
            for (float slope : new float[] {3, -0f, Float.NEGATIVE_INFINITY, Float.NaN}) {
                float[] y = new float[37];
                float[] dy = new float[37];
                Arrays.fill(y, edges[i]);
                Arrays.fill(dy, slope);
                simd.reluMask(y, 0, dy, 0, 37);
                float expected = edges[i] <= 0 ? 0 : slope;
                for (float got : dy) {
                    assertThat((Float) got)
                            .as("%s, behind it %s", edges[i], slope)
                            .isEqualTo((Float) expected);
                }
            }
        }
    }

    /** The result may lie in place of either summand. */
    @ParameterizedTest
    @MethodSource("implementations")
    void rectifiesInPlace(Simd simd) {
        for (int length = 0; length < 4 * simd.lanes() + 3; length++) {
            float[] x = Ranges.random(new Random(length), length + 2);
            float[] y = Ranges.random(new Random(-length), length + 2);
            float[] first = x.clone();
            float[] second = y.clone();
            float[] alone = x.clone();
            simd.addRelu(first, 1, y, 1, first, 1, length);
            simd.addRelu(x, 1, second, 1, second, 1, length);
            simd.relu(alone, 1, alone, 1, length);
            for (int i = 0; i < length + 2; i++) {
                boolean inside = i > 0 && i <= length;
                assertThat(first[i]).isEqualTo(inside ? Math.max(x[i] + y[i], 0) : x[i]);
                assertThat(second[i]).isEqualTo(inside ? Math.max(x[i] + y[i], 0) : y[i]);
                assertThat(alone[i]).isEqualTo(inside ? Math.max(x[i], 0) : x[i]);
            }
        }
    }

    /** However much room there is, what is asked for is right and what lies behind the room stays. */
    @ParameterizedTest
    @MethodSource("implementations")
    void everySecond(Simd simd) {
        for (int length = 0; length < 3 * simd.lanes() + 2; length++) {
            for (int room = length; room < length + simd.lanes() + 2; room++) {
                for (int more = 0; more < 3; more++) {
                    float[] x = Ranges.random(new Random(length), 3 + 2 * length + more * simd.lanes());
                    float[] y = Ranges.random(new Random(room), room + 5);
                    float[] got = y.clone();
                    simd.everySecond(x, 3, got, 2, length, room);
                    for (int i = 0; i < length; i++) {
                        assertThat(got[2 + i]).isEqualTo(x[3 + 2 * i]);
                    }
                    assertThat(Arrays.copyOf(got, 2)).isEqualTo(Arrays.copyOf(y, 2));
                    assertThat(Arrays.copyOfRange(got, 2 + room, got.length))
                            .isEqualTo(Arrays.copyOfRange(y, 2 + room, y.length));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sums(Simd simd) {
        Ranges.forEach(simd.lanes(), (length, offset, random) -> {
            float[] x = Ranges.random(random, length + offset + 3);
            float[] y = Ranges.random(random, length + offset + 4);
            double sum = 0;
            double size = 0;
            double squares = 0;
            double dot = 0;
            double products = 0;
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                double a = x[offset + i];
                double b = y[offset + 1 + i];
                sum += a;
                size += Math.abs(a);
                squares += (a - .25) * (a - .25);
                dot += a * b;
                products += Math.abs(a * b);
                largest = Math.max(largest, x[offset + i]);
            }
            String what = simd.description() + ": length " + length + ", offset " + offset;
            double gamma = 2 * (length + 2) * UNIT;
            assertThat((double) simd.sum(x, offset, length)).as(what).isCloseTo(sum, Offset.offset(gamma * size));
            assertThat((double) simd.sumOfSquares(.25f, x, offset, length))
                    .as(what)
                    .isCloseTo(squares, Offset.offset(gamma * squares));
            assertThat((double) simd.dot(x, offset, y, offset + 1, length))
                    .as(what)
                    .isCloseTo(dot, Offset.offset(gamma * products));
            assertThat(simd.largest(x, offset, length)).as(what).isEqualTo(largest);
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void notANumberIsSeen(Simd simd) {
        int length = 3 * simd.lanes() + 2;
        for (int bad = 0; bad < length; bad++) {
            float[] x = new float[length];
            x[bad] = Float.NaN;
            assertThat(simd.largest(x, 0, length)).isNaN();
            assertThat(simd.sum(x, 0, length)).isNaN();
            float[] y = new float[length];
            simd.relu(x, 0, y, 0, length);
            assertThat(y[bad]).isNaN();
            y = new float[length];
            simd.max(x, 0, y, 0, length);
            assertThat(y[bad]).isNaN();
        }
    }

    /** The interpreter, C1 and C2 must add in the same order. */
    @ParameterizedTest
    @MethodSource("implementations")
    void sumsKeepTheirBitsWhenCompiled(Simd simd) {
        Random random = new Random(5);
        float[] x = Ranges.random(random, 1013);
        float[] y = Ranges.random(random, 1013);
        float sum = simd.sum(x, 0, x.length);
        float squares = simd.sumOfSquares(.5f, x, 0, x.length);
        float dot = simd.dot(x, 0, y, 0, x.length);
        for (int i = 0; i < 20_000; i++) {
            boolean same = simd.sum(x, 0, x.length) == sum
                    && simd.sumOfSquares(.5f, x, 0, x.length) == squares
                    && simd.dot(x, 0, y, 0, x.length) == dot;
            if (!same) {
                Assertions.fail("another sum in call " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aRangeOutsideItsArrayIsAnError(Simd simd) {
        int length = simd.lanes() + 1;
        Assertions.assertThatThrownBy(() -> simd.add(new float[length], 0, new float[length - 1], 0, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
