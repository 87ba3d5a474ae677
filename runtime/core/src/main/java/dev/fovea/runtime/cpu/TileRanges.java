package dev.fovea.runtime.cpu;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The tiles of a run that nobody has taken yet: for each thread a range of neighbours. A thread takes from the front of its
 * own range and, when that is empty, from the end of another's.
 *
 * <p>Tiles count through a batch from its first sample to its last. So in layer after layer a thread gets the same samples,
 * which it finds in the caches of its own core: cores that share no cache read what another has written at a third of the
 * speed or less. Each range has cache lines of its own, so that taking a tile of one's own costs no way between cores.
 */
final class TileRanges {
    static final int NONE = -1;

    /** Longs from a range to the next: two lines, since processors fetch lines in pairs. */
    private static final int SPACING = 16;

    private final int threads;
    /** The first tile of each range in the low half, the tile behind its last in the high half. */
    private final AtomicLongArray ranges;

    TileRanges(int threads) {
        this.threads = threads;
        ranges = new AtomicLongArray((threads + 1) * SPACING);
    }

    /** Shares {@code count} tiles out. All ranges must be empty. A thread may take as soon as its range is set. */
    void set(int count) {
        for (int thread = threads - 1; thread >= 0; thread--) {
            long first = (long) count * thread / threads;
            long end = (long) count * (thread + 1) / threads;
            ranges.set(index(thread), end << Integer.SIZE | first);
        }
    }

    boolean isEmpty(int thread) {
        return isEmpty(ranges.get(index(thread)));
    }

    /** The next tile for this thread or {@link #NONE}. */
    int take(int thread) {
        int tile = takeOwn(thread);
        for (int further = 1; tile == NONE && further < threads; further++) {
            tile = takeLast((thread + further) % threads);
        }
        return tile;
    }

    private int takeOwn(int thread) {
        int index = index(thread);
        long range = ranges.get(index);
        while (!isEmpty(range)) {
            if (ranges.compareAndSet(index, range, range + 1)) {
                return (int) range;
            }
            range = ranges.get(index);
        }
        return NONE;
    }

    private int takeLast(int thread) {
        int index = index(thread);
        long range = ranges.get(index);
        while (!isEmpty(range)) {
            if (ranges.compareAndSet(index, range, range - (1L << Integer.SIZE))) {
                return (int) (range >> Integer.SIZE) - 1;
            }
            range = ranges.get(index);
        }
        return NONE;
    }

    private static boolean isEmpty(long range) {
        return (int) range >= (int) (range >> Integer.SIZE);
    }

    private static int index(int thread) {
        return (thread + 1) * SPACING;
    }
}
