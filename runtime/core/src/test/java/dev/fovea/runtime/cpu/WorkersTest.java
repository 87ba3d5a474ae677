package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyTileIsDoneOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int count : new int[] {0, 1, 2, 7, 1000}) {
                AtomicIntegerArray done = new AtomicIntegerArray(count);
                workers.run(count, (tile, worker) -> {
                    assertThat(worker).isBetween(0, threads - 1);
                    done.incrementAndGet(tile);
                });
                for (int i = 0; i < count; i++) {
                    assertThat(done.get(i)).as("tile %d of %d", i, count).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void manyShortRunsInARowAreAllWhole() {
        try (Workers workers = new Workers(3)) {
            long[] sums = new long[5];
            Tiles add = (tile, worker) -> sums[tile] += tile + 1;
            for (int run = 0; run < 200_000; run++) {
                workers.run(5, add);
            }
            assertThat(sums).containsExactly(200_000, 400_000, 600_000, 800_000, 1_000_000);
        }
    }

    @Test
    void eachThreadBeginsWithItsOwnPartInEveryRun() {
        try (Workers workers = new Workers(2)) {
            for (int run = 0; run < 100; run++) {
                AtomicIntegerArray first = new AtomicIntegerArray(new int[] {-1, -1});
                workers.run(10, (tile, worker) -> {
                    first.compareAndSet(worker, -1, tile);
                    while (first.get(1 - worker) < 0) {
                        Thread.onSpinWait(); // until the other has begun too
                    }
                });
                assertThat(first.get(0)).isEqualTo(0);
                assertThat(first.get(1)).isEqualTo(5);
            }
        }
    }

    @Test
    void sleepingWorkersWakeUp() {
        try (Workers workers = new Workers(2)) {
            boolean[] seen = new boolean[2];
            for (int run = 0; run < 20; run++) {
                LockSupport.parkNanos(3_000_000); // long enough for the helper to fall asleep
                workers.run(2, (tile, worker) -> {
                    seen[worker] = true;
                    LockSupport.parkNanos(5_000_000); // long enough for the other to take the second tile
                });
            }
            assertThat(seen).containsExactly(true, true);
        }
    }

    @Test
    void whatATileThrowsIsThrownAfterTheOthersAreDoneAndTheCrewGoesOn() {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray done = new AtomicIntegerArray(100);
            for (int bad : new int[] {0, 50, 99}) {
                assertThatThrownBy(() -> workers.run(100, (tile, worker) -> {
                            done.incrementAndGet(tile);
                            if (tile == bad) {
                                throw new ArithmeticException("tile " + tile);
                            }
                        }))
                        .isInstanceOf(ArithmeticException.class)
                        .hasMessage("tile " + bad);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(done.get(i)).isEqualTo(3);
            }
        }
    }

    @Test
    void threadsEndWhenClosed() throws InterruptedException {
        Workers workers = new Workers(4);
        workers.run(16, (tile, worker) -> {});
        Thread[] before = fromThisCrew();
        workers.close();
        for (Thread thread : before) {
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void aCrewOfNobodyIsRefused() {
        assertThatThrownBy(() -> new Workers(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Thread[] fromThisCrew() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fovea-worker-"))
                .peek(thread -> assertThat(thread.isDaemon()).isTrue())
                .toArray(Thread[]::new);
    }
}
