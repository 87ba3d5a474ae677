package dev.fovea.runtime.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed crew of threads, the caller one of them, that does tiles. A tile goes to whoever is free next. Between runs the
 * threads spin for some microseconds, since the next layer usually follows at once, and then sleep. A run allocates
 * nothing. Used by one thread at a time, and not from within a tile.
 *
 * <p>A worker claims a tile by lowering {@link #unclaimed}. From then on the run cannot end before the worker is done, so
 * the run's other fields are stable, and a worker that wakes late finds nothing to claim: nobody waits for it.
 */
public final class Workers implements AutoCloseable {
    /** Looks at the counter before a thread goes to sleep: some 50 microseconds. */
    private static final int SPINS = 4_000;

    private final Worker[] helpers;
    private final AtomicInteger unclaimed = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private int tiles;
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
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Worker(i + 1);
            helpers[i].start();
        }
    }

    private Workers(Worker[] helpers) {
        this.helpers = helpers;
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
        tiles = count;
        unfinished.set(count);
        unclaimed.set(count);
        for (Worker helper : helpers) {
            helper.wake();
        }
        while (doOne(0)) {
            Thread.onSpinWait();
        }
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

    private boolean doOne(int worker) {
        int left = unclaimed.get();
        while (left > 0) {
            if (unclaimed.compareAndSet(left, left - 1)) {
                doTile(tiles - left, worker);
                return true;
            }
            left = unclaimed.get();
        }
        return false;
    }

    @SuppressWarnings("NullAway") // the body is there as long as a claimed tile is not finished
    private void doTile(int tile, int worker) {
        try {
            body.run(tile, worker);
        } catch (Throwable thrown) { // handed to the caller of run
            failure = thrown;
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
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
                if (doOne(index)) {
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
            while (unclaimed.get() == 0 && !closed) {
                LockSupport.park(Workers.this);
            }
            asleep = false;
        }
    }
}
