package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops over planes against their definitions in double, with guards around all that is written. */
class SimdPlanesTest {
    private static final float GUARD = -77;
    /** Some are longer than what plain loops take at a time, and no multiple of it. */
    private static final int[] REGISTERS = {1, 2, 6, 11, 300, 601};

    private static final int[] LENGTHS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 70};

    static Simd[] implementations() {
        return Simds.all().toArray(Simd[]::new);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void weighsAnyNumberOfTaps(Simd simd) {
        Random random = new Random(3);
        for (int taps = 0; taps <= 37; taps++) {
            for (int registers : REGISTERS) {
                int length = registers * simd.lanes();
                int[] offsets = random.ints(taps, 0, 40).toArray();
                float[] w = Ranges.random(random, taps + 2);
                float[] x = Ranges.random(random, length + 50);
                float[] y = guarded(length + 6);
                simd.planes().weigh(w, 1, 0.5f, offsets, x, 3, y, 2, length);
                for (int i = 0; i < length; i++) {
                    double sum = 0.5;
                    double size = 0.5;
                    for (int tap = 0; tap < taps; tap++) {
                        double term = (double) w[1 + tap] * x[3 + i + offsets[tap]];
                        sum += term;
                        size += Math.abs(term);
                    }
                    assertThat(Math.abs(y[2 + i] - sum))
                            .as("%d taps, length %d, element %d", taps, length, i)
                            .isLessThanOrEqualTo((taps + 1) * size * Math.ulp(1f));
                }
                checkGuards(y, 2, length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void correlates(Simd simd) {
        Random random = new Random(4);
        int lanes = simd.lanes();
        for (int registers : REGISTERS) {
            int length = registers * lanes;
            int[] offsets = random.ints(2 * SimdPlanes.TAPS, 0, 40).toArray();
            float[] g = Ranges.random(random, length + 1);
            float[] x = Ranges.random(random, length + 50);
            float[] sums = guarded(offsets.length * lanes + 4);
            Arrays.fill(sums, 2, 2 + offsets.length * lanes, 1);
            simd.planes().correlate(g, 1, x, 3, offsets, sums, 2, length);
            for (int tap = 0; tap < offsets.length; tap++) {
                double expected = lanes;
                double size = lanes;
                double sum = 0;
                for (int i = 0; i < length; i++) {
                    double term = (double) g[1 + i] * x[3 + i + offsets[tap]];
                    expected += term;
                    size += Math.abs(term);
                }
                for (int lane = 0; lane < lanes; lane++) {
                    sum += sums[2 + tap * lanes + lane];
                }
                assertThat(Math.abs(sum - expected))
                        .as("length %d, tap %d", length, tap)
                        .isLessThanOrEqualTo((length + 1) * size * Math.ulp(1f));
            }
            checkGuards(sums, 2, offsets.length * lanes);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void copiesPartsAndJoinsRows(Simd simd) {
        SimdPlanes planes = simd.planes();
        for (int length : LENGTHS) {
            int rows = 3;
            float[] x = Ranges.random(new Random(length), 5 + rows * (2 * length + 3));
            int step = 2 * length + 3;
            float[] copied = guarded(2 + rows * (length + 4));
            float[] parted = guarded(2 + 2 * rows * (length + 4));
            float[] joined = guarded(2 + rows * step);
            int odd = 2 + rows * (length + 4);
            planes.copyRows(x, 5, step, copied, 2, length + 4, rows, length);
            planes.partRows(x, 5, step, parted, 2, odd, length + 4, rows, length);
            planes.joinRows(parted, 2, odd, length + 4, joined, 2, step, rows, length);
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < length + (row < rows - 1 ? 4 : 0); i++) {
                    int at = 2 + row * (length + 4) + i;
                    int from = 5 + row * step;
                    assertThat(copied[at]).isEqualTo(i < length ? x[from + i] : GUARD);
                    assertThat(parted[at]).isEqualTo(i < length ? x[from + 2 * i] : GUARD);
                    assertThat(parted[odd - 2 + at]).isEqualTo(i < length ? x[from + 2 * i + 1] : GUARD);
                }
                for (int i = 0; i < step; i++) {
                    assertThat(joined[2 + row * step + i]).isEqualTo(i < 2 * length ? x[5 + row * step + i] : GUARD);
                }
            }
            checkGuards(copied, 2, rows * (length + 4) - 4);
        }
    }

    private static float[] guarded(int length) {
        float[] values = new float[length];
        Arrays.fill(values, GUARD);
        return values;
    }

    private static void checkGuards(float[] values, int from, int length) {
        for (int i = 0; i < values.length; i++) {
            if (i < from || i >= from + length) {
                assertThat(values[i]).as("element %d, which is nobody's", i).isEqualTo(GUARD);
            }
        }
    }
}
