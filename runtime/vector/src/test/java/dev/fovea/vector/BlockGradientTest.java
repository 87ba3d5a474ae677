package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loops of a weight's gradient in channel blocks against what they are said to compute. */
class BlockGradientTest {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH = WinogradSimd.PATCH;
    private static final double[][] A = {
        {1, 0, 0, 0}, {1, 1, 1, 1}, {1, -1, 1, -1}, {1, 2, 4, 8}, {1, -2, 4, -8}, {0, 0, 0, 1}
    };
    private static final int MOST = 60;

    private final Random random = new Random(11);
    private BlockSimd blocks;

    @BeforeEach
    void chooseRegistersAsLongAsABlock() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        blocks = all.get(0).blocks().orElseThrow();
    }

    @Test
    void addsProductsOfNeighboursAndGradients() {
        for (int count = 1; count < MOST; count++) {
            int columns = blocks.gradientColumns(1 + random.nextInt(20));
            int first = random.nextInt(5);
            int dyBlock = random.nextInt(3) == 0 ? 0 : (first + count) * SIZE + random.nextInt(4);
            float[] x = Ranges.random(random, 2000);
            float[] dy = Ranges.random(random, 3 + dyBlock + (first + count) * SIZE);
            float[] sums = Ranges.random(random, 7 + columns * 2 * SIZE + 5);
            float[] before = sums.clone();
            int[] places = new int[first + count];
            for (int p = 0; p < places.length; p++) {
                places[p] = random.nextInt(x.length - 12 - columns);
            }
            blocks.addGradient(columns, places, first, count, x, 12, dy, 3, dyBlock, sums, 7);
            for (int i = 0; i < sums.length; i++) {
                double expected = before[i];
                int k = Math.floorDiv(i - 7, 2 * SIZE);
                int output = Math.floorMod(i - 7, 2 * SIZE);
                for (int p = first; k >= 0 && k < columns && p < first + count; p++) {
                    int at = 3 + output / SIZE * dyBlock + p * SIZE + output % SIZE;
                    expected += (double) x[12 + places[p] + k] * dy[at];
                }
                assertThat((double) sums[i])
                        .as("%d pixels, %d columns, sum %d", count, columns, i)
                        .isCloseTo(expected, within(1e-4));
            }
        }
    }

    /** No step is wasted on numbers that are a multiple of four or five of them. */
    @Test
    void columnsFillSteps() {
        for (int count = 1; count <= MOST; count++) {
            int taken = 0;
            while (taken < count) {
                taken += blocks.gradientColumns(count - taken);
            }
            assertThat(taken - count).as("%d numbers", count).isBetween(0, 3);
            if (count % SIZE == 0 || count % 7 == 0 && count > 14 || count == 9) {
                assertThat(taken - count).as("%d numbers", count).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void transformsGradientsOfPatches() {
        PatchSimd patches = blocks.patches();
        for (int count = 1; count < 9; count++) {
            int width = 4 * count;
            int pixels = width - random.nextInt(4);
            float[] dy = Ranges.random(random, 4 * pixels * SIZE);
            float[] t = Ranges.random(random, PATCH * width * SIZE);
            int stride = count * SIZE + 16;
            float[] e = new float[PATCH * PATCH * stride];
            patches.gradientRows(pixels, width, dy, 0, pixels * SIZE, t, 0, width * SIZE);
            patches.gradientColumns(count, t, 0, width * SIZE, e, 0, stride);
            for (int place = 0; place < PATCH * PATCH * count * SIZE; place++) {
                int position = place / (count * SIZE);
                int rest = place % (count * SIZE);
                double expected = 0;
                for (int i = 0; i < 16; i++) {
                    int column = rest / SIZE * 4 + i % 4;
                    if (column < pixels) {
                        double weight = A[position / PATCH][i / 4] * A[position % PATCH][i % 4];
                        expected += weight * dy[(i / 4 * pixels + column) * SIZE + rest % SIZE];
                    }
                }
                assertThat((double) e[position * stride + rest])
                        .as("%d patches, %d pixels, place %d", count, pixels, place)
                        .isCloseTo(expected, within(1e-4));
            }
        }
    }
}
