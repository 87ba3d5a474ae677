package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Fills one batch after the other, epoch after epoch, without end. Used by one thread; allocates only when an epoch begins, but for data
 * sets that ask for several readers: those threads share the samples of a batch among them. What a sample becomes depends on its index
 * and the epoch, so that it does not matter which of them takes it.
 */
final class BatchFiller implements AutoCloseable {
    private final BatchPlan plan;
    private final List<Field> fields;
    private final List<SampleFiller> fillers = new ArrayList<>();
    private final @Nullable ExecutorService readers;
    private final @Nullable BatchMixer mixer;
    private final int[] order;
    private int epoch;
    private int number;

    /** Starts at a batch of an epoch, both from 0. */
    BatchFiller(DataSet dataSet, BatchPlan plan, int epoch, int number) throws FoveaException {
        this.plan = plan;
        this.fields = List.copyOf(dataSet.fields());
        this.order = new int[dataSet.size()];
        if (order.length == 0) {
            throw new FoveaException("the data set is empty", List.of());
        }
        int count = Math.max(1, Math.min(dataSet.readers(), plan.batchSize()));
        for (int i = 0; i < count; i++) {
            fillers.add(new SampleFiller(dataSet, fields, plan));
        }
        this.readers = count == 1 ? null : Executors.newFixedThreadPool(count, BatchFiller::reader);
        int[] lengths = new int[fields.size()];
        for (int field = 0; field < lengths.length; field++) {
            lengths[field] = length(field);
        }
        this.mixer = plan.mixing()
                .map(mixing -> new BatchMixer(mixing, plan.seed(), fields, lengths))
                .orElse(null);
        this.epoch = epoch;
        this.number = number;
        startEpoch();
    }

    Batch newBatch() {
        float[][] arrays = new float[fields.size()][];
        for (int field = 0; field < arrays.length; field++) {
            arrays[field] = new float[Math.multiplyExact(plan.batchSize(), length(field))];
        }
        return new Batch(fields.stream().map(Field::name).toList(), arrays);
    }

    void fill(Batch batch) throws FoveaException {
        long first = (long) number * plan.batchSize();
        int count = (int) Math.min(plan.batchSize(), order.length - first);
        if (readers == null) {
            for (int i = 0; i < count; i++) {
                fillers.get(0).fill(batch, i, order[(int) first + i]);
            }
        } else {
            share(readers, batch, (int) first, count);
        }
        boolean last = first + count == order.length;
        batch.set(count, epoch, number, last);
        if (mixer != null) {
            mixer.mix(batch, count, epoch, number);
        }
        number++;
        if (last) {
            epoch++;
            number = 0;
            startEpoch();
        }
    }

    private void share(ExecutorService threads, Batch batch, int first, int count) throws FoveaException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> tasks = new ArrayList<>();
        for (SampleFiller filler : fillers) {
            tasks.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    filler.fill(batch, i, order[first + i]);
                }
                return null;
            }));
        }
        Throwable failure = null;
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure = e.getCause();
                next.set(count);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
        if (failure instanceof FoveaException fault) {
            throw fault;
        }
        if (failure != null) {
            throw new IllegalStateException("preparing a batch failed", failure);
        }
    }

    private static Thread reader(Runnable work) {
        Thread thread = new Thread(work, "fovea-reader");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the readers. */
    @Override
    public void close() {
        if (readers != null) {
            readers.shutdown();
        }
    }

    private void startEpoch() {
        if (plan.shuffleSeed().isPresent()) {
            RandomStream.named(plan.shuffleSeed().getAsLong(), "shuffle")
                    .child(epoch)
                    .permutation(order);
        } else if (order[order.length - 1] == 0) {
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
        }
        fillers.forEach(filler -> filler.startEpoch(epoch));
    }

    private int length(int field) {
        return fillers.get(0).length(field);
    }
}
