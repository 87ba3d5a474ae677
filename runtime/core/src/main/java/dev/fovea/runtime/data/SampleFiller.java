package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single samples into batches, transformed. For one thread. */
final class SampleFiller {
    private final DataSet dataSet;
    private final BatchPlan plan;
    private final List<Field> fields;
    private final Pipeline.@Nullable Worker[] workers;
    private final Sample sample;

    SampleFiller(DataSet dataSet, List<Field> fields, BatchPlan plan) {
        this.dataSet = dataSet;
        this.plan = plan;
        this.fields = fields;
        this.workers = new Pipeline.Worker[fields.size()];
        this.sample = new Sample(fields);
        for (Pipeline pipeline : plan.pipelines()) {
            int field = indexOf(pipeline.field());
            if (!pipeline.transforms().isEmpty()) {
                workers[field] = pipeline.new Worker(fields.get(field).shape());
            }
        }
    }

    void startEpoch(int epoch) {
        for (int field = 0; field < workers.length; field++) {
            Pipeline.Worker worker = workers[field];
            if (worker != null) {
                worker.startEpoch(RandomStream.named(
                                plan.seed(), "augment " + fields.get(field).name())
                        .child(epoch));
            }
        }
    }

    /** Puts the sample of an index at a place of the batch, both from 0. */
    void fill(Batch batch, int place, int index) throws FoveaException {
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

    /** Floats of a field in the batch. */
    int length(int field) {
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
