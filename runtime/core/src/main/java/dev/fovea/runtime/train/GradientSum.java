package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.List;

/**
 * The mean gradient of several batches, each weighted by its samples: what one batch of all of them would give, but for rounding and for
 * what looks at a batch as a whole. Owns memory on the model's device until it is closed, before the model is.
 */
final class GradientSum implements Resumable, AutoCloseable {
    private final CompiledModel model;
    private final Kernels kernels;
    private final List<Range> ranges;
    private final Memory sum;
    private int batches;
    private long samples;

    GradientSum(CompiledModel model, List<Range> ranges) {
        this.model = model;
        this.kernels = model.kernels();
        this.ranges = ranges;
        this.sum = model.allocate("sums of gradients", model.parameters().length());
    }

    /** Where the mean lies after {@link #finish}. */
    Memory memory() {
        return sum;
    }

    /** Adds the gradients of a batch of so many samples; returns the number of batches added. */
    int add(Memory gradients, int batch) {
        for (int i = 0; i < ranges.size(); i++) { // an iterator would be an object a step
            Range range = ranges.get(i);
            kernels.blend(sum, gradients, range.offset(), range.length(), batches == 0 ? 0 : 1, batch);
        }
        samples += batch;
        return ++batches;
    }

    /** Turns the sum into the mean, and begins anew with the next batch. */
    void finish() {
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            kernels.scale(sum, range.offset(), range.length(), (float) (1.0 / samples));
        }
        batches = 0;
        samples = 0;
    }

    @Override
    public void save(StateWriter state) {
        state.whole("batches", batches);
        state.whole("samples", samples);
        if (batches > 0) {
            for (ModelParameter parameter : TrainingStep.trainable(model)) {
                state.floats(
                        parameter.name(),
                        parameter.parameter().shape(),
                        () -> TrainingStep.read(sum, parameter.offset(), parameter));
            }
        }
    }

    @Override
    public void restore(StateReader state) throws InputException {
        batches = state.count("batches");
        samples = state.whole("samples");
        if (batches > 0) {
            for (ModelParameter parameter : TrainingStep.trainable(model)) {
                float[] values =
                        state.floats(parameter.name(), parameter.parameter().shape());
                sum.write(parameter.offset(), values, 0, values.length);
            }
        }
    }

    @Override
    public void close() {
        sum.close();
    }
}
