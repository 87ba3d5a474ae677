package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.FloatOrder;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.Stencil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling of rows of every length against the definition, with ties, NaN, and a plane that ends where its array does. */
class SimdWindowsTest {
    private static final int PLANE_AT = 5;
    private static final int ORIGIN = 3;
    private static final int GUARD = 2;
    /** Among them both zeros, both infinities, and a NaN with its sign set, as x86 makes them. */
    private static final float[] SPECIAL = {
        -0f,
        0f,
        -1,
        1,
        2,
        -2.5f,
        -Float.MIN_VALUE,
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -0f,
        -3,
        -4,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0xFFC0_0000)
    };

    static List<Simd> implementations() {
        return Simds.all();
    }

    /** Those, and the Vector API's from the first call on. */
    static List<SimdWindows> windows() {
        List<SimdWindows> all = new ArrayList<>();
        Simds.all().forEach(simd -> all.add(simd.windows()));
        Simds.vector().forEach(simd -> all.add(new VectorWindows(0)));
        return all;
    }

    private record Case(
            int rows, int usedRows, int columns, int rowStep, int columnStep, int stride, int length, int slack) {
        int taps() {
            return usedRows * columns;
        }

        int offset(int tap) {
            return tap / columns * rowStep + tap % columns * columnStep;
        }

        float[] plane(Random random) {
            int last = ORIGIN + (length - 1) * stride + offset(taps() - 1);
            float[] x = new float[PLANE_AT + last + 1 + slack];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextInt(9) - 4; // so few numbers that many are equal
            }
            return x;
        }

        Stencil stencil() {
            return new Stencil(rowStep, columnStep, rows, columns, stride);
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int length : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 28, 33}) {
            for (int stride = 1; stride <= 4; stride++) {
                for (int slack : new int[] {0, 1, 40}) {
                    cases.add(new Case(2, 2, 2, 71, 1, stride, length, slack));
                    cases.add(new Case(3, 3, 3, 200, 1, stride, length, slack));
                    cases.add(new Case(3, 2, 3, 200, 1, stride, length, slack));
                    cases.add(new Case(2, 2, 3, 90, 2, stride, length, slack));
                    cases.add(new Case(1, 1, 1, 0, 1, stride, length, slack));
                    cases.add(new Case(1, 1, 5, 0, 1, stride, length, slack));
                }
            }
        }
        // Longer than what plain loops take at a time, alone or with the row below.
        for (int stride = 1; stride <= 2; stride++) {
            cases.add(new Case(2, 2, 2, 71, 1, stride, 1100, 0));
            cases.add(new Case(3, 3, 3, 200, 1, stride, 600, 0));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sums(Simd simd) {
        for (Case one : cases()) {
            float[] x = one.plane(new Random(7));
            float[] y = new float[one.length + 2 * GUARD];
            simd.windows().sum(one.stencil(), one.taps(), x, PLANE_AT + ORIGIN, y, GUARD, one.length);
            checkGuards(y, one);
            for (int j = 0; j < one.length; j++) {
                double sum = 0;
                for (int tap = 0; tap < one.taps(); tap++) {
                    sum += x[PLANE_AT + ORIGIN + j * one.stride + one.offset(tap)];
                }
                assertThat((double) y[GUARD + j]).as("%s, window %d", one, j).isCloseTo(sum, Offset.offset(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void maxima(Simd simd) {
        for (Case one : cases()) {
            for (boolean withNaN : new boolean[] {false, true}) {
                float[] x = one.plane(new Random(8));
                if (withNaN) {
                    x[PLANE_AT + ORIGIN + (one.length - 1) * one.stride] = Float.NaN;
                    x[x.length / 2] = Float.NaN;
                }
                check(simd, one, x);
            }
        }
    }

    private static void check(Simd simd, Case one, float[] x) {
        float[] y = new float[one.length + 2 * GUARD];
        float[] alone = y.clone();
        float[] winners = y.clone();
        simd.windows().max(one.stencil(), one.taps(), x, PLANE_AT, ORIGIN, y, GUARD, winners, GUARD, one.length);
        simd.windows().max(one.stencil(), one.taps(), x, PLANE_AT + ORIGIN, alone, GUARD, one.length);
        checkGuards(y, one);
        checkGuards(winners, one);
        for (int j = 0; j < one.length; j++) {
            int best = ORIGIN + j * one.stride;
            for (int tap = 1; tap < one.taps(); tap++) {
                int at = ORIGIN + j * one.stride + one.offset(tap);
                boolean isNaN = Float.isNaN(x[PLANE_AT + best]);
                if (!isNaN && !(x[PLANE_AT + at] <= x[PLANE_AT + best])) {
                    best = at;
                }
            }
            assertThat((Float) y[GUARD + j]).as("%s, window %d", one, j).isEqualTo((Float) x[PLANE_AT + best]);
            int winner = Float.floatToRawIntBits(winners[GUARD + j]);
            if (!Float.isNaN(x[PLANE_AT + best])) {
                assertThat(winner).as("%s, winner of window %d", one, j).isEqualTo(best);
            }
        }
        assertThat(Arrays.toString(alone)).as("%s, without winners", one).isEqualTo(Arrays.toString(y));
    }

    /** Rows of outputs one behind the other: what they are alone, wherever the plane ends. */
    @ParameterizedTest
    @MethodSource("implementations")
    void rowsOfMaxima(Simd simd) {
        for (Case one : cases()) {
            if (one.usedRows < one.rows) {
                continue;
            }
            for (int rows : new int[] {0, 1, 2, 5}) {
                int step = 2 * one.length * one.stride + one.length % 3;
                Random random = new Random(rows);
                int last = ORIGIN + (one.length - 1) * one.stride + one.offset(one.taps() - 1);
                float[] x = new float[PLANE_AT + Math.max(0, rows - 1) * step + last + 1 + one.slack];
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextInt(40) == 0 ? Float.NaN : random.nextInt(9) - 4;
                }
                float[] actual = new float[rows * one.length + 2 * GUARD];
                float[] expected = actual.clone();
                Stencil stencil = one.stencil();
                simd.windows().maxRows(stencil, x, PLANE_AT + ORIGIN, step, actual, GUARD, rows, one.length);
                for (int row = 0; row < rows; row++) {
                    int from = PLANE_AT + ORIGIN + row * step;
                    int to = GUARD + row * one.length;
                    simd.windows().max(stencil, one.taps(), x, from, expected, to, one.length);
                }
                assertThat(Arrays.toString(actual)).as("%s, %d rows", one, rows).isEqualTo(Arrays.toString(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void rowsOfMeans(Simd simd) {
        for (Case one : cases()) {
            if (one.usedRows < one.rows) {
                continue;
            }
            for (int rows : new int[] {0, 1, 2, 5}) {
                int step = 2 * one.length * one.stride + one.length % 3;
                Random random = new Random(rows);
                int last = ORIGIN + (one.length - 1) * one.stride + one.offset(one.taps() - 1);
                float[] x = new float[PLANE_AT + Math.max(0, rows - 1) * step + last + 1 + one.slack];
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextInt(9) - 4;
                }
                float[] y = new float[rows * one.length + 2 * GUARD];
                simd.windows().meanRows(one.stencil(), .5f, x, PLANE_AT + ORIGIN, step, y, GUARD, rows, one.length);
                checkGuards(y, one);
                for (int i = 0; i < rows * one.length; i++) {
                    int from = PLANE_AT + ORIGIN + i / one.length * step + i % one.length * one.stride;
                    double sum = 0;
                    for (int tap = 0; tap < one.taps(); tap++) {
                        sum += x[from + one.offset(tap)];
                    }
                    assertThat((double) y[GUARD + i])
                            .as("%s, window %d", one, i)
                            .isEqualTo(.5 * sum); // small integers
                }
            }
        }
    }

    /** The same with the places, and gaps between the rows of outputs. */
    @ParameterizedTest
    @MethodSource("windows")
    void rowsOfMaximaWithPlaces(SimdWindows windows) {
        for (Case one : cases()) {
            if (one.usedRows < one.rows) {
                continue;
            }
            for (int rows : new int[] {0, 1, 2, 5, 12}) {
                // The rows of windows lie one behind the other, or share one with the next where they are two further
                // down.
                int xStep = rows % 2 == 0 ? 2 * one.rowStep : one.rowStep % 2 + 2 * one.length * one.stride;
                int step = one.length + (rows == 5 ? 0 : 3);
                Random random = new Random(rows);
                int last = ORIGIN + (one.length - 1) * one.stride + one.offset(one.taps() - 1);
                float[] x = new float[PLANE_AT + Math.max(0, rows - 1) * xStep + last + 1 + one.slack];
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextInt(40) == 0 ? Float.NEGATIVE_INFINITY : random.nextInt(9) - 4;
                }
                float[] y = new float[rows * step + 2 * GUARD];
                float[] winners = y.clone();
                float[] expected = y.clone();
                float[] places = y.clone();
                Stencil stencil = one.stencil();
                windows.maxRows(
                        stencil,
                        x,
                        PLANE_AT,
                        ORIGIN,
                        xStep,
                        y,
                        GUARD,
                        winners,
                        GUARD,
                        step,
                        rows,
                        one.length,
                        new float[windows.rooms(one.length)]);
                for (int row = 0; row < rows; row++) {
                    for (int j = 0; j < one.length; j++) {
                        int best = ORIGIN + row * xStep + j * one.stride;
                        for (int tap = 1; tap < one.taps(); tap++) {
                            int at = ORIGIN + row * xStep + j * one.stride + one.offset(tap);
                            best = x[PLANE_AT + at] > x[PLANE_AT + best] ? at : best;
                        }
                        expected[GUARD + row * step + j] = x[PLANE_AT + best];
                        places[GUARD + row * step + j] = Float.intBitsToFloat(best);
                    }
                }
                assertThat(Arrays.toString(y)).as("%s, %d rows", one, rows).isEqualTo(Arrays.toString(expected));
                assertThat(winners).as("%s, %d rows", one, rows).isEqualTo(places);
            }
        }
    }

    /** Along rows and down columns, equal elements and NaNs among them. */
    @ParameterizedTest
    @MethodSource("implementations")
    void threes(Simd simd) {
        for (int length = simd.lanes(); length < 5 * simd.lanes() + 3; length++) {
            float[] x = new float[length + 2 + 3];
            Random random = new Random(length);
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextInt(9) == 0 ? Float.NaN : random.nextInt(4) - 2;
            }
            int places = 3 * length + simd.lanes();
            float[] rooms = new float[6 * (length + simd.lanes()) + 5 * length];
            for (int row = 0; row < 3; row++) {
                simd.windows().maxOfThree(x, row, rooms, row * length, places + row * length, length);
                for (int i = 0; i < length; i++) {
                    int best = best(x[row + i], x[row + i + 1], x[row + i + 2]);
                    assertThat((Float) rooms[row * length + i]).isEqualTo((Float) x[row + i + best]);
                    if (Float.isNaN(x[row + i + best])) {
                        continue; // which of several does not matter
                    }
                    int place = Float.floatToRawIntBits(rooms[places + row * length + i]);
                    assertThat(place)
                            .as("length %d, row %d, element %d", length, row, i)
                            .isEqualTo(i + best);
                }
            }
            float[] before = rooms.clone();
            int to = 2 * places;
            int placesTo = to + length + simd.lanes();
            simd.windows().maxOfRows(rooms, 0, length, 2 * length, places, to, placesTo, length);
            for (int i = 0; i < length; i++) {
                int from = i + length * best(before[i], before[length + i], before[2 * length + i]);
                assertThat((Float) rooms[to + i])
                        .as("length %d, element %d", length, i)
                        .isEqualTo((Float) before[from]);
                if (Float.isNaN(before[from])) {
                    continue;
                }
                assertThat(Float.floatToRawIntBits(rooms[placesTo + i]))
                        .as("place, length %d, element %d", length, i)
                        .isEqualTo(Float.floatToRawIntBits(before[places + from]));
            }
        }
    }

    /** Without places: down columns and along rows, in steps of 1 and 2, with neighbours that do not count. */
    @ParameterizedTest
    @MethodSource("implementations")
    void orderedThrees(Simd simd) {
        int lanes = simd.lanes();
        for (int width : new int[] {1, 3, 4, 7, 8, 13, 16, 17, 33}) {
            for (int stride = 1; stride <= 2; stride++) {
                int rows = 3;
                int pitch = (width + stride - 1) / stride * stride;
                float[] x = new float[(2 * rows + 1) * width + lanes];
                Random random = new Random(width);
                for (int i = 0; i < x.length; i++) {
                    x[i] = SPECIAL[random.nextInt(SPECIAL.length)];
                }
                float[] down = new float[rows * pitch + 5 * lanes];
                simd.windows().maxDown(x, 0, width, 2 * width, 2 * width, down, lanes, pitch, rows, width);
                int period = (stride * lanes + pitch - 1) / pitch * pitch;
                int behind = period + 2 * lanes;
                float[] limits = new float[2 * behind];
                for (int i = 0; i < behind; i++) {
                    limits[i] = limit(i % pitch > 0);
                    limits[behind + i] = limit(i % pitch + 1 < width);
                }
                int length = rows * pitch / stride;
                float[] y = new float[length + lanes];
                simd.windows().maxAcross(stride, down, lanes, limits, period, behind, y, 0, length);
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < width; column += stride) {
                        float largest = Float.NEGATIVE_INFINITY;
                        for (int j = Math.max(0, column - 1); j <= Math.min(width - 1, column + 1); j++) {
                            for (int i = 2 * row; i <= 2 * row + 2; i++) {
                                largest = Math.max(largest, x[i * width + j]);
                            }
                        }
                        assertThat((Float) y[(row * pitch + column) / stride])
                                .as("width %d, stride %d, row %d, column %d", width, stride, row, column)
                                .isEqualTo((Float) largest);
                    }
                }
            }
        }
    }

    private static float limit(boolean counts) {
        return Float.intBitsToFloat(counts ? Integer.MAX_VALUE : FloatOrder.LOWEST);
    }

    private static int best(float... values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (!Float.isNaN(values[best]) && !(values[i] <= values[best])) {
                best = i;
            }
        }
        return best;
    }

    private static void checkGuards(float[] values, Case one) {
        for (int i = 0; i < GUARD; i++) {
            assertThat(values[i]).as("%s: before", one).isZero();
            assertThat(values[values.length - 1 - i]).as("%s: behind", one).isZero();
        }
    }
}
