package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endless run of batches, epoch after epoch. One background thread fills a batch while the consumer works on the one before; there
 * are two of them, and their arrays go back and forth, so that nothing is allocated from batch to batch.
 *
 * <p>For one consumer. Closing waits until the background thread has finished the sample it is at and is gone.
 */
public final class Batches implements AutoCloseable {
    private static final int BUFFERS = 2;

    private final Thread thread;
    private final ArrayDeque<Batch> free = new ArrayDeque<>(BUFFERS);
    private final ArrayDeque<Batch> ready = new ArrayDeque<>(BUFFERS);
    private @Nullable Batch lent;
    private @Nullable Throwable failure;
    private boolean closed;

    private Batches(BatchFiller filler) {
        for (int i = 0; i < BUFFERS; i++) {
            free.add(filler.newBatch());
        }
        thread = new Thread(() -> run(filler), "fovea-batches");
        thread.setDaemon(true);
    }

    /** Starts at the first batch of epoch 0. */
    public static Batches start(DataSet dataSet, BatchPlan plan) throws FoveaException {
        return startAt(dataSet, plan, 0, 0);
    }

    /**
     * Starts in the middle, as a resumed run does.
     *
     * @param epoch from 0
     * @param batch the batch within the epoch, from 0
     * @throws FoveaException where the data set is empty
     * @throws IllegalArgumentException where there is no such batch, or the plan does not fit the data set
     */
    public static Batches startAt(DataSet dataSet, BatchPlan plan, int epoch, int batch) throws FoveaException {
        if (epoch < 0 || batch < 0 || (batch > 0 && (long) batch * plan.batchSize() >= dataSet.size())) {
            throw new IllegalArgumentException("there is no batch " + batch + " in epoch " + epoch);
        }
        Batches batches = new Batches(new BatchFiller(dataSet, plan, epoch, batch));
        batches.thread.start();
        return batches;
    }

    /** The batches in an epoch. */
    public static int perEpoch(int samples, int batchSize) {
        return (int) ((samples + (long) batchSize - 1) / batchSize);
    }

    /**
     * The next batch; the one before becomes invalid. Waits until it is ready.
     *
     * @throws FoveaException where a sample cannot be had or its class is out of range
     * @throws IllegalStateException where the data set threw something else, which is the cause; or after {@link #close}
     */
    public synchronized Batch next() throws FoveaException {
        if (lent != null) {
            free.add(lent);
            lent = null;
            notifyAll();
        }
        awaitBatch();
        if (closed) {
            throw new IllegalStateException("the batches are closed");
        }
        Batch batch = ready.poll();
        if (batch == null) {
            if (failure instanceof FoveaException fault) {
                throw fault;
            }
            throw new IllegalStateException("preparing a batch failed", failure);
        }
        lent = batch;
        return batch;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitBatch() throws FoveaException {
        try {
            while (ready.isEmpty() && failure == null && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException("interrupted while waiting for a batch", List.of(), e);
        }
    }

    private void run(BatchFiller filler) {
        try (filler) {
            for (Batch batch = takeFree(); batch != null; batch = takeFree()) {
                filler.fill(batch);
                giveReady(batch);
            }
        } catch (Throwable e) { // handed to the consumer
            synchronized (this) {
                failure = e;
                notifyAll();
            }
        }
    }

    private synchronized void giveReady(Batch batch) {
        ready.add(batch);
        notifyAll();
    }

    /** Null once closed. Never interrupted: an interrupt would close the files of a data set that reads through channels. */
    private synchronized @Nullable Batch takeFree() throws InterruptedException {
        while (free.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : free.poll();
    }
}
