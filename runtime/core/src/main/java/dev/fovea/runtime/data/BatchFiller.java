package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills one batch after the other, epoch after epoch, without end. Used by one thread; allocates only when an epoch begins. */
final class BatchFiller {
    private final DataSet dataSet;
    private final BatchPlan plan;
    private final List<Field> fields;
    private final Pipeline.@Nullable Worker[] workers;
    private final Sample sample;
    private final int[] order;
    private int epoch;
    private int number;

    /** Starts at a batch of an epoch, both from 0. */
    BatchFiller(DataSet dataSet, BatchPlan plan, int epoch, int number) throws FoveaException {
        this.dataSet = dataSet;
        this.plan = plan;
        this.fields = List.copyOf(dataSet.fields());
        this.workers = new Pipeline.Worker[fields.size()];
        this.sample = new Sample(fields);
        this.order = new int[dataSet.size()];
        if (order.length == 0) {
            throw new FoveaException("the data set is empty", List.of());
        }
        for (Pipeline pipeline : plan.pipelines()) {
            int field = indexOf(pipeline.field());
            if (!pipeline.transforms().isEmpty()) {
                workers[field] = pipeline.new Worker(fields.get(field).shape());
            }
        }
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
        for (int i = 0; i < count; i++) {
            fill(batch, i, order[(int) first + i]);
        }
        boolean last = first + count == order.length;
        batch.set(count, epoch, number, last);
        number++;
        if (last) {
            epoch++;
            number = 0;
            startEpoch();
        }
    }

    private void fill(Batch batch, int place, int index) throws FoveaException {
        for (int field = 0; field < workers.length; field++) {
            Pipeline.Worker worker = workers[field];
            if (worker == null) {
                sample.aim(field, batch.values(field), place * length(field));
            } else {
                sample.aim(field, worker.source(), 0);
            }
        }
        try {
            dataSet.read(index, sample);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the data set failed to read sample " + index, e);
        }
        for (int field = 0; field < workers.length; field++) {
            Pipeline.Worker worker = workers[field];
            if (worker != null) {
                worker.apply(index, batch.values(field), place * length(field));
            } else if (fields.get(field) instanceof Field.Classes classes) {
                check(classes, index, batch.values(field), place * length(field));
            }
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
        for (int field = 0; field < workers.length; field++) {
            Pipeline.Worker worker = workers[field];
            if (worker != null) {
                worker.startEpoch(RandomStream.named(
                                plan.seed(), "augment " + fields.get(field).name())
                        .child(epoch));
            }
        }
    }

    private int length(int field) {
        Shape shape = fields.get(field).shape();
        Pipeline.Worker worker = workers[field];
        return Math.toIntExact((worker == null ? shape : worker.output()).size());
    }

    private int indexOf(String name) {
        for (int field = 0; field < fields.size(); field++) {
            if (fields.get(field).name().equals(name)) {
                return field;
            }
        }
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.name()));
        throw new IllegalArgumentException("no field " + name + " among " + names);
    }

    private static void check(Field.Classes classes, int index, float[] values, int from) throws FoveaException {
        for (int i = from; i < from + classes.length(); i++) {
            float value = values[i];
            if (!(value >= 0 && value < classes.count() && value == (int) value)) {
                String shown = value == (int) value ? Integer.toString((int) value) : Float.toString(value);
                throw new FoveaException(
                        "sample " + index + " has the " + classes.name() + " " + shown + ", but there are "
                                + classes.count() + " classes, 0 to " + (classes.count() - 1),
                        List.of());
            }
        }
    }
}
