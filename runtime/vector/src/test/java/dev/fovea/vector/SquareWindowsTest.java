package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.runtime.simd.SimdWindows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows of two rows and two columns that tile planes, as most pools have them, against the definition, to the bit. */
class SquareWindowsTest {
    private static final int PLANE_AT = 5;
    private static final int GUARD = 2;

    static List<SimdWindows> windows() {
        return SimdWindowsTest.windows();
    }

    /** Which of them takes a call depends on how many came before: of no result may that be seen. */
    @Test
    void theLoopsForSquaresAgreeToTheBit() {
        assumeThat(Simds.vector()).isNotEmpty();
        Random random = new Random(3);
        float[] values = {-0f, 0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int length = 16; length < 50; length++) {
            int below = 2 * length + 1;
            int rows = 5;
            float[] x = new float[7 + 2 * rows * below + 40];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextInt(3) == 0 ? random.nextFloat() : values[random.nextInt(values.length)];
            }
            int step = length + 2;
            float[] y = new float[rows * step];
            float[] places = new float[rows * step];
            float[] plain = y.clone();
            float[] plainPlaces = y.clone();
            Squares.winners(x, 4, 3, 2 * below, below, y, 0, places, 0, step, rows, length);
            Squares.winnersPlainly(x, 4, 3, 2 * below, below, plain, 0, plainPlaces, 0, step, rows, length);
            for (int i = 0; i < y.length; i++) {
                assertThat(Float.floatToRawIntBits(y[i])).isEqualTo(Float.floatToRawIntBits(plain[i]));
                assertThat(Float.floatToRawIntBits(places[i])).isEqualTo(Float.floatToRawIntBits(plainPlaces[i]));
            }
        }
    }

    /** Planes no wider than two registers, also so few that not one register is filled, to the bit and with nothing written beside them. */
    @ParameterizedTest
    @MethodSource("windows")
    void planesOfSquares(SimdWindows windows) {
        Random random = new Random(4);
        float[] values = {-0f, 0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        int widest = Simds.vector().stream()
                .mapToInt(simd -> 2 * simd.lanes())
                .findFirst()
                .orElse(10);
        for (int width = 2; width <= widest; width += 2) {
            for (int height : new int[] {2, 6, 10, 34}) {
                for (int planes : new int[] {0, 1, 2, 5, 16}) {
                    float[] x = new float[PLANE_AT + planes * height * width];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = random.nextInt(3) == 0 ? random.nextFloat() : values[random.nextInt(values.length)];
                    }
                    int area = height / 2 * (width / 2);
                    float[] y = new float[planes * area + 2 * GUARD];
                    float[] winners = y.clone();
                    float[] expected = y.clone();
                    float[] places = y.clone();
                    float[] rooms = new float[windows.rooms(width / 2)];
                    windows.maxOfSquares(x, PLANE_AT, height, width, planes, y, GUARD, winners, GUARD, rooms);
                    for (int i = 0; i < planes * area; i++) {
                        int planeAt = PLANE_AT + i / area * height * width;
                        int row = i % area / (width / 2);
                        int first = 2 * row * width + 2 * (i % (width / 2));
                        int best = first;
                        for (int place : new int[] {first + 1, first + width, first + width + 1}) {
                            float one = x[planeAt + place];
                            best = one > x[planeAt + best] || Float.isNaN(one) ? place : best;
                        }
                        expected[GUARD + i] = x[planeAt + best];
                        places[GUARD + i] = Float.intBitsToFloat(best);
                    }
                    for (int i = 0; i < y.length; i++) {
                        assertThat(Float.floatToRawIntBits(y[i]))
                                .as("%d planes of %d by %d, element %d", planes, height, width, i)
                                .isEqualTo(Float.floatToRawIntBits(expected[i]));
                        assertThat(Float.floatToRawIntBits(winners[i]))
                                .as("%d planes of %d by %d, place %d", planes, height, width, i)
                                .isEqualTo(Float.floatToRawIntBits(places[i]));
                    }
                }
            }
        }
    }

    /** Gradients to where maxima were, unless that is marked, to the bit and with nothing written beside them. */
    @ParameterizedTest
    @MethodSource("windows")
    void spreadSquares(SimdWindows windows) {
        Random random = new Random(5);
        float[] values = {-0f, 0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
        for (int width = 2; width <= 86; width += 2) {
            for (int height : new int[] {2, 4, 10, 34}) {
                for (int planes : new int[] {0, 1, 2, 7}) {
                    int area = height / 2 * (width / 2);
                    int count = planes * area;
                    float[] y = new float[count + GUARD];
                    float[] dy = new float[count + GUARD + random.nextInt(20)];
                    float[] places = new float[count + GUARD + random.nextInt(20)];
                    float[] expected = new float[planes * height * width + 2 * GUARD];
                    Arrays.fill(expected, 7);
                    Arrays.fill(expected, GUARD, expected.length - GUARD, 0);
                    float[] dx = expected.clone();
                    Arrays.fill(dx, GUARD, dx.length - GUARD, 5);
                    for (int i = 0; i < count; i++) {
                        int at = GUARD + i;
                        y[at] = random.nextInt(3) == 0 ? random.nextFloat() : values[random.nextInt(values.length)];
                        dy[at] = random.nextInt(3) == 0 ? random.nextFloat() : values[random.nextInt(values.length)];
                        int row = 2 * (i % area / (width / 2)) + random.nextInt(2);
                        int place = row * width + 2 * (i % (width / 2)) + random.nextInt(2);
                        places[at] = Float.intBitsToFloat(place);
                        expected[GUARD + i / area * height * width + place] = y[at] <= 0 ? 0 : 0 + dy[at];
                    }
                    windows.mark(y, GUARD, places, GUARD, count);
                    windows.spreadSquares(dy, GUARD, places, GUARD, dx, GUARD, height, width, planes);
                    for (int i = 0; i < dx.length; i++) {
                        assertThat(Float.floatToRawIntBits(dx[i]))
                                .as("%d planes of %d by %d, element %d", planes, height, width, i)
                                .isEqualTo(Float.floatToRawIntBits(expected[i]));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maxOfRectifiedSquares(SimdWindows windows) {
        Random random = new Random(6);
        float[] values = {0, 0, -0f, 1, 2, Float.NaN, -Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
        for (int width = 2; width <= 70; width += 2) {
            for (int height : new int[] {2, 6, 14}) {
                for (int planes : new int[] {0, 1, 2, 9}) {
                    float[] x = new float[GUARD + planes * height * width];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = random.nextInt(3) == 0 ? random.nextFloat() : values[random.nextInt(values.length)];
                    }
                    int count = planes * height * width / 4;
                    float[] found = new float[2 * (count + 2 * GUARD)];
                    Arrays.fill(found, 7);
                    int places = count + 2 * GUARD;
                    windows.maxOfRectifiedSquares(x, GUARD, height, width, planes, found, GUARD, found, places + GUARD);
                    for (int i = 0; i < count; i++) {
                        int area = height * width / 4;
                        int first = i % area / (width / 2) * 2 * width + i % (width / 2) * 2;
                        int winner = first;
                        for (int other : new int[] {first + 1, first + width, first + width + 1}) {
                            int at = GUARD + i / area * height * width;
                            winner = Float.compare(Math.abs(x[at + other]), Math.abs(x[at + winner])) > 0
                                    ? other
                                    : winner;
                        }
                        float most = Math.abs(x[GUARD + i / area * height * width + winner]);
                        String what = "%d planes of %d by %d, window %d".formatted(planes, height, width, i);
                        assertThat((Float) found[GUARD + i]).as(what).isEqualTo((Float) most);
                        assertThat(Float.floatToRawIntBits(found[places + GUARD + i]))
                                .as(what)
                                .isEqualTo(winner + (most == 0 ? SimdWindows.MARK : 0));
                    }
                    for (int i = 0; i < GUARD; i++) {
                        for (int guard : new int[] {i, GUARD + count + i, places + i, places + GUARD + count + i}) {
                            assertThat(found[guard]).isEqualTo(7);
                        }
                    }
                }
            }
        }
    }
}
