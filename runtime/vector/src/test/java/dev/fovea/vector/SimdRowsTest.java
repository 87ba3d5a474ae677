package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdRows;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops over rows of images against their definitions in double, with guards between all that is written. */
class SimdRowsTest {
    private static final float GUARD = -77;
    private static final int ROWS = 3;
    private static final int TAPS = 40;

    static Simd[] implementations() {
        return Simds.all().toArray(Simd[]::new);
    }

    /** A row of pieces of which the last overlaps the one before, several times. */
    @ParameterizedTest
    @MethodSource("implementations")
    void weighsSomeChannelsOfRows(Simd simd) {
        Random random = new Random(3);
        int lanes = simd.lanes();
        for (int channels : Simds.together(simd.rows())) {
            for (int pieces = 2; pieces <= 8; pieces += 2) {
                for (int terms = 0; terms <= 7; terms++) {
                    weighs(simd, channels, pieces, pieces * lanes - random.nextInt(lanes), terms, random);
                }
            }
        }
    }

    /** Rows that begin before the register of the one above ends: each is as if it had been written last. */
    @ParameterizedTest
    @MethodSource("implementations")
    void aLaterRowIsStoredOverTheEndOfAnEarlierOne(Simd simd) {
        int lanes = simd.lanes();
        int width = (lanes + 1) / 2;
        int units = 3;
        Random random = new Random(5);
        float[] x = Ranges.random(random, 2 * units * 2 * lanes + lanes + TAPS);
        int[] offsets = random.ints(5, 0, TAPS).toArray();
        for (int channels : Simds.together(simd.rows())) {
            float[] w = Ranges.random(random, channels * offsets.length);
            float[] bias = Ranges.random(random, channels);
            int[] xPieces = {0, 2 * lanes};
            float[][] rows = new float[2][channels * 2 * units * lanes];
            for (int wide = 0; wide < 2; wide++) {
                int step = wide == 1 ? lanes : width;
                simd.rows()
                        .weigh(
                                channels,
                                w,
                                0,
                                bias,
                                0,
                                offsets,
                                0,
                                offsets.length,
                                x,
                                0,
                                4 * lanes,
                                xPieces,
                                rows[wide],
                                0,
                                2 * step,
                                new int[] {0, step},
                                2 * units * lanes,
                                units);
            }
            for (int i = 0; i < channels * 2 * units * width; i++) {
                int row = i / width % (2 * units);
                int at = i / width / (2 * units) * 2 * units * lanes;
                assertThat(rows[0][at + row * width + i % width])
                        .as("%d channels, row %d", channels, row)
                        .isEqualTo(rows[1][at + row * lanes + i % width]);
            }
        }
    }

    private static void weighs(Simd simd, int channels, int pieces, int width, int terms, Random random) {
        int lanes = simd.lanes();
        int pitch = width + 3;
        int[] xPieces = new int[pieces];
        Arrays.setAll(xPieces, i -> Math.min(i * lanes, width - lanes));
        int[] offsets = random.ints(terms + 2, 0, TAPS).toArray();
        float[] w = Ranges.random(random, 1 + channels * terms);
        float[] bias = Ranges.random(random, channels + 1);
        float[] x = Ranges.random(random, 2 + ROWS * pitch + TAPS);
        int stride = ROWS * (width + 2);
        float[] y = new float[1 + channels * stride];
        Arrays.fill(y, GUARD);
        simd.rows()
                .weigh(
                        channels, w, 1, bias, 1, offsets, 2, terms, x, 2, pitch, xPieces, y, 1, width + 2, xPieces,
                        stride, ROWS);
        assertThat(y[0]).isEqualTo(GUARD);
        for (int i = 1; i < y.length; i++) {
            int channel = (i - 1) / stride;
            int row = (i - 1) % stride / (width + 2);
            int column = (i - 1) % (width + 2);
            if (column >= width) {
                assertThat(y[i]).as("element %d, which is nobody's", i).isEqualTo(GUARD);
                continue;
            }
            double sum = bias[1 + channel];
            double size = Math.abs(sum);
            for (int k = 0; k < terms; k++) {
                double term = (double) w[1 + k * channels + channel] * x[2 + row * pitch + column + offsets[2 + k]];
                sum += term;
                size += Math.abs(term);
            }
            assertThat(Math.abs(y[i] - sum))
                    .as("%d terms, channel %d, row %d, column %d of %d", terms, channel, row, column, width)
                    .isLessThanOrEqualTo((terms + 1) * size * Math.ulp(1f));
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void correlatesChannelsTogether(Simd simd) {
        for (int channels = 2; channels <= simd.rows().correlatedTogether(); channels++) {
            correlates(simd, channels);
        }
    }

    private static void correlates(Simd simd, int channels) {
        Random random = new Random(4);
        int lanes = simd.lanes();
        for (int registers : new int[] {1, 2, 6, 11}) {
            int length = registers * lanes;
            int[] offsets = random.ints(2 * SimdRows.TERMS, 0, TAPS).toArray();
            float[] g = Ranges.random(random, 2 + channels * (length + 3));
            float[] x = Ranges.random(random, 3 + length + TAPS);
            int stride = offsets.length * lanes + 2;
            float[] sums = new float[2 + channels * stride];
            Arrays.fill(sums, GUARD);
            for (int channel = 0; channel < channels; channel++) {
                int from = 1 + channel * stride;
                Arrays.fill(sums, from, from + offsets.length * lanes, 1);
            }
            simd.rows().correlate(channels, g, 1, length + 3, x, 3, offsets, sums, 1, stride, length);
            for (int channel = 0; channel < channels; channel++) {
                for (int term = 0; term < offsets.length; term++) {
                    double expected = lanes;
                    double size = lanes;
                    for (int i = 0; i < length; i++) {
                        double product = (double) g[1 + channel * (length + 3) + i] * x[3 + i + offsets[term]];
                        expected += product;
                        size += Math.abs(product);
                    }
                    double sum = 0;
                    for (int lane = 0; lane < lanes; lane++) {
                        sum += sums[1 + channel * stride + term * lanes + lane];
                    }
                    assertThat(Math.abs(sum - expected))
                            .as("length %d, channel %d of %d, term %d", length, channel, channels, term)
                            .isLessThanOrEqualTo((length + 1) * size * Math.ulp(1f));
                }
                int behind = 1 + channel * stride + offsets.length * lanes;
                assertThat(Arrays.copyOfRange(sums, behind, behind + (channel < channels - 1 ? 2 : 1)))
                        .containsOnly(GUARD);
            }
            assertThat(sums[0]).isEqualTo(GUARD);
        }
    }
}
