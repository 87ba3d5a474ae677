package dev.fovea.runtime.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed crew of threads, the caller one of them, that does tiles. Each begins with its own part of them, the same in every
 * run of as many tiles, and who is done takes over from the others. Between runs the threads spin for some microseconds,
 * since the next layer usually follows at once, and then sleep. A run allocates nothing. Used by one thread at a time, and
 * not from within a tile.
 *
 * <p>From when a worker has taken a tile from the {@link #ranges} the run cannot end before the worker has said that it is
 * done, so the run's other fields are stable, and a worker that wakes late finds its range empty: nobody waits for it.
 */
public final class Workers implements AutoCloseable {
    /** Looks at the counter before a thread goes to sleep: some 50 microseconds. */
    private static final int SPINS = 4_000;

    private final Worker[] helpers;
    private final TileRanges ranges;
    private final AtomicInteger unfinished = new AtomicInteger();
    private @Nullable Tiles body;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread waiting;
    private volatile boolean closed;

    /** A crew of {@code threads}, at least 1, the caller included. */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, not " + threads);
        }
        helpers = new Worker[threads - 1];
        ranges = new TileRanges(threads);
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Worker(i + 1);
            helpers[i].start();
        }
    }

    private Workers(Worker[] helpers) {
        this.helpers = helpers;
        this.ranges = new TileRanges(helpers.length + 1);
    }

    /** As many as are asked for, none of which is a thread: to be counted, not to be run. */
    static Workers counted(int threads) {
        return new Workers(new Worker[threads - 1]);
    }

    /** How many threads work, the caller included. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Does all tiles and returns when the last is done. What a tile throws is thrown here, after the others are done.
     */
    public void run(int count, Tiles work) {
        if (helpers.length == 0 || count <= 1) {
            for (int tile = 0; tile < count; tile++) {
                work.run(tile, 0);
            }
            return;
        }
        body = work;
        unfinished.set(count);
        ranges.set(count);
        for (Worker helper : helpers) {
            helper.wake();
        }
        takeTiles(0);
        awaitOthers();
        body = null;
        rethrow();
    }

    /** {@link #run}, by the caller alone: for work too small to share. The tiles, and so the result, are the same. */
    public void runInline(int count, Tiles work) {
        for (int tile = 0; tile < count; tile++) {
            work.run(tile, 0);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Worker helper : helpers) {
            LockSupport.unpark(helper); // which may be null
        }
    }

    /** Does tiles until none is left to take. What is done is said once, at the end: each time costs a way between cores. */
    private void takeTiles(int worker) {
        int done = 0;
        for (int tile = ranges.take(worker); tile != TileRanges.NONE; tile = ranges.take(worker)) {
            doTile(tile, worker);
            done++;
        }
        if (done > 0 && unfinished.addAndGet(-done) == 0) {
            LockSupport.unpark(waiting);
        }
    }

    @SuppressWarnings("NullAway") // the body is there as long as a tile that was taken is not said to be done
    private void doTile(int tile, int worker) {
        try {
            body.run(tile, worker);
        } catch (Throwable thrown) { // handed to the caller of run
            failure = thrown;
        }
    }

    private void awaitOthers() {
        for (int spin = 0; spin < SPINS && unfinished.get() > 0; spin++) {
            Thread.onSpinWait();
        }
        if (unfinished.get() > 0) {
            waiting = Thread.currentThread();
            while (unfinished.get() > 0) {
                LockSupport.park(this);
            }
            waiting = null;
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown == null) {
            return;
        }
        failure = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        throw thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    private final class Worker extends Thread {
        private final int index;
        private volatile boolean asleep;

        Worker(int index) {
            super("fovea-worker-" + index);
            this.index = index;
            setDaemon(true);
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            int idle = 0;
            while (!closed) {
                if (!ranges.isEmpty(index)) {
                    takeTiles(index);
                    idle = 0;
                } else if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    idle = 0;
                }
            }
        }

        /** First says that it sleeps, then looks again: either it sees new work or the caller sees it asleep. */
        private void sleep() {
            asleep = true;
            while (ranges.isEmpty(index) && !closed) {
                LockSupport.park(Workers.this);
            }
            asleep = false;
        }
    }
}
