package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileRangesTest {
    @Test
    void aThreadTakesItsOwnTilesInOrderAndThenThoseOfTheOthersFromTheEnd() {
        TileRanges ranges = new TileRanges(3);
        ranges.set(9);
        assertThat(all(ranges, 1)).containsExactly(3, 4, 5, 8, 7, 6, 2, 1, 0);
    }

    @Test
    void whatOneHasTakenTheOthersDoNotGet() {
        TileRanges ranges = new TileRanges(2);
        ranges.set(10);
        assertThat(ranges.take(0)).isEqualTo(0);
        assertThat(ranges.take(1)).isEqualTo(5);
        assertThat(ranges.take(0)).isEqualTo(1);
        assertThat(all(ranges, 1)).containsExactly(6, 7, 8, 9, 4, 3, 2);
        assertThat(ranges.take(0)).isEqualTo(TileRanges.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "2, 1", "3, 2", "4, 4", "4, 1000", "7, 2147483647"})
    void rangesFollowEachOtherAndDifferByOneAtMost(int threads, int count) {
        TileRanges ranges = new TileRanges(threads);
        ranges.set(count);
        int fewest = count / threads;
        int first = 0;
        for (int thread = 0; thread < threads; thread++) {
            boolean empty = (long) count * thread / threads == (long) count * (thread + 1) / threads;
            assertThat(ranges.isEmpty(thread)).isEqualTo(empty);
            if (!empty) {
                assertThat(ranges.take(thread)).isEqualTo(first);
            }
            int next = (int) ((long) count * (thread + 1) / threads);
            assertThat(next - first).isBetween(fewest, fewest + 1);
            first = next;
        }
        assertThat(first).isEqualTo(count);
    }

    @Test
    void nothingIsLeftBetweenRuns() {
        TileRanges ranges = new TileRanges(2);
        assertThat(ranges.take(0)).isEqualTo(TileRanges.NONE);
        for (int run = 0; run < 3; run++) {
            ranges.set(5);
            assertThat(all(ranges, run % 2)).hasSize(5);
            assertThat(ranges.isEmpty(0)).isTrue();
            assertThat(ranges.isEmpty(1)).isTrue();
        }
    }

    @Test
    void threadsThatTakeAtTheSameTimeGetEachTileOnce() throws InterruptedException {
        int threads = 4;
        int count = 200_000;
        TileRanges ranges = new TileRanges(threads);
        AtomicIntegerArray taken = new AtomicIntegerArray(count);
        ranges.set(count);
        List<Thread> crew = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int index = thread;
            crew.add(new Thread(() -> all(ranges, index).forEach(taken::incrementAndGet)));
        }
        crew.forEach(Thread::start);
        for (Thread thread : crew) {
            thread.join();
        }
        for (int tile = 0; tile < count; tile++) {
            assertThat(taken.get(tile)).as("tile %d", tile).isEqualTo(1);
        }
    }

    private static List<Integer> all(TileRanges ranges, int thread) {
        List<Integer> tiles = new ArrayList<>();
        for (int tile = ranges.take(thread); tile != TileRanges.NONE; tile = ranges.take(thread)) {
            tiles.add(tile);
        }
        return tiles;
    }
}
