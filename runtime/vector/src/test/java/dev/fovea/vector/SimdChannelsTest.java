package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.runtime.simd.ChannelSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loops that spread an image over registers full of channels against their definitions in double, with guards around all that is written. */
class SimdChannelsTest {
    private static final float GUARD = -77;
    private static final int TAPS = 40;
    private static final int PITCH = 29;

    private final Random random = new Random(5);
    private int lanes;
    private ChannelSimd channels;

    @BeforeEach
    void chooseLongRegisters() {
        Simd simd = Simds.all().get(Simds.all().size() - 1);
        assumeThat(simd.channels()).as("registers of 16 lanes").isPresent();
        channels = simd.channels().orElseThrow();
        lanes = simd.lanes();
    }

    @Test
    void spreadsRowsOverChannels() {
        for (int registers = 1; registers <= ChannelSimd.TOGETHER; registers++) {
            int now = registers;
            int[] widths = IntStream.rangeClosed(1, 27)
                    .map(columns -> channels.padded(columns))
                    .distinct()
                    .toArray();
            for (int columns : widths) {
                for (int rows = 1; rows <= 7; rows++) {
                    for (int terms : new int[] {0, 1, 7, 30}) {
                        spreads(columns, rows, terms, registers);
                    }
                }
            }
        }
    }

    private void spreads(int columns, int rows, int terms, int registers) {
        int[] places = new int[rows + 1];
        Arrays.setAll(places, i -> i * PITCH + random.nextInt(5));
        int[] offsets = random.ints(terms + 2, 0, TAPS).toArray();
        float[] x = Ranges.random(random, 3 + (rows + 1) * PITCH + columns + TAPS);
        float[] w = Ranges.random(random, 1 + terms * registers * lanes);
        int sums = rows * columns * lanes;
        int block = sums + 2;
        float[] c = Ranges.random(random, 1 + registers * block);
        float[] before = c.clone();
        channels.spread(x, 3, places, 1, rows, columns, offsets, 2, terms, registers, w, 1, c, 1, block);
        for (int i = 0; i < c.length; i++) {
            int place = (i - 1) % block;
            if (i == 0 || place >= sums) {
                assertThat(c[i]).as("element %d, which is nobody's", i).isEqualTo(before[i]);
                continue;
            }
            int lane = (i - 1) / block * lanes + place % lanes;
            int from = 3 + places[1 + place / lanes / columns] + place / lanes % columns;
            double sum = before[i];
            double size = Math.abs(sum);
            for (int k = 0; k < terms; k++) {
                double term = (double) x[from + offsets[2 + k]] * w[1 + k * registers * lanes + lane];
                sum += term;
                size += Math.abs(term);
            }
            assertThat(Math.abs(c[i] - sum))
                    .as(
                            "%d columns, %d rows, %d terms, %d registers, element %d",
                            columns, rows, terms, registers, i - 1)
                    .isLessThanOrEqualTo((terms + 1) * size * Math.ulp(1f));
        }
    }

    @Test
    void paddingIsShortAndPaddedOnce() {
        for (int columns = 1; columns < 100; columns++) {
            int padded = channels.padded(columns);
            assertThat(padded).isBetween(columns, columns + 2);
            assertThat(channels.padded(padded)).isEqualTo(padded);
        }
    }

    @Test
    void turnsPlanesToRegistersAndBack() {
        for (int count = 1; count <= lanes; count++) {
            for (int length : new int[] {0, 1, 3, 15, 16, 17, 31, 32, 37, 100}) {
                turns(count, length);
            }
        }
    }

    private void turns(int count, int length) {
        int step = length + 3;
        float[] x = Ranges.random(random, 2 + count * step);
        int pitch = lanes + 4;
        float[] y = new float[2 + length * pitch];
        Arrays.fill(y, GUARD);
        channels.gather(x, 2, step, count, y, 1, pitch, length);
        float[] packed = new float[length * lanes];
        for (int i = 0; i < y.length; i++) {
            int lane = (i - 1) % pitch;
            int pixel = (i - 1) / pitch;
            if (i == 0 || pixel == length || lane >= lanes) {
                assertThat(y[i]).isEqualTo(GUARD);
            } else {
                assertThat(y[i])
                        .as("channel %d of pixel %d", lane, pixel)
                        .isEqualTo(lane < count ? x[2 + lane * step + pixel] : 0);
                packed[pixel * lanes + lane] = y[i];
            }
        }
        float[] back = new float[x.length];
        Arrays.fill(back, GUARD);
        channels.scatter(packed, 0, count, back, 2, step, length);
        for (int i = 0; i < back.length; i++) {
            boolean written = i >= 2 && (i - 2) % step < length;
            assertThat(back[i]).as("element %d", i).isEqualTo(written ? x[i] : GUARD);
        }
    }
}
