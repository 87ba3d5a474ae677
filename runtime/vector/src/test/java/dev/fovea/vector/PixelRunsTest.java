package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelRunsTest {
    @Test
    void tilesFillAnyRow() {
        for (int pixels = 1; pixels < 300; pixels++) {
            assertThat(cut(pixels).stream().mapToInt(Integer::intValue).sum()).isEqualTo(pixels);
            assertThat(cut(pixels)).isSubsetOf(14, 8, 7, 4, 2, 1);
        }
    }

    @Test
    void twoTilesOfEightAreQuickerThanOneOfFourteenAndTwoMore() {
        assertThat(cut(16)).containsExactly(8, 8);
        assertThat(cut(64)).containsExactly(14, 14, 14, 14, 8);
        assertThat(cut(49)).containsExactly(14, 14, 14, 7);
    }

    @Test
    void aRowGrowsWhereThatIsQuicker() {
        assertThat(PixelRuns.padded(13)).isEqualTo(14);
        assertThat(PixelRuns.padded(54)).isEqualTo(56);
        assertThat(PixelRuns.padded(16)).isEqualTo(16);
        for (int pixels = 1; pixels < 300; pixels++) {
            assertThat(PixelRuns.padded(pixels)).isBetween(pixels, pixels + 3);
            // room that is enough for more pixels is enough for fewer
            assertThat(PixelRuns.padded(pixels)).isLessThanOrEqualTo(PixelRuns.padded(pixels + 1));
            assertThat(PixelRuns.padded(PixelRuns.padded(pixels))).isEqualTo(PixelRuns.padded(pixels));
        }
    }

    private static List<Integer> cut(int pixels) {
        List<Integer> tiles = new ArrayList<>();
        for (int left = pixels; left > 0; left -= tiles.get(tiles.size() - 1)) {
            tiles.add(PixelRuns.first(left));
        }
        return tiles;
    }
}
