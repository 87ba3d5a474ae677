package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.List;

/**
 * The exponential moving average of the parameters that are trained, {@code a = decay·a + (1 − decay)·w} after each update, from the
 * weights after the first one on: PyTorch's {@code AveragedModel} with {@code get_ema_multi_avg_fn}. Running statistics are not averaged:
 * they are the model's own, as there. Owns memory on the model's device until it is closed, before the model is.
 */
final class WeightAverage implements Resumable, AutoCloseable {
    /** Floats that change places at once. */
    private static final int CHUNK = 1 << 16;

    private final CompiledModel model;
    private final Kernels kernels;
    private final List<Range> ranges;
    private final Memory averages;
    private final float keep;
    private final float share;
    private long updates;

    /**
     * @param ranges of the parameters that are trained
     * @param decay the share that is kept
     */
    WeightAverage(CompiledModel model, List<Range> ranges, float decay) {
        this.model = model;
        this.kernels = model.kernels();
        this.ranges = ranges;
        this.keep = decay;
        this.share = (float) (1 - (double) decay);
        this.averages =
                model.allocate("averages of the parameters", model.parameters().length());
    }

    /** After an update of the parameters. */
    void update() {
        boolean first = updates++ == 0;
        for (int i = 0; i < ranges.size(); i++) { // an iterator would be an object a step
            Range range = ranges.get(i);
            kernels.blend(
                    averages, model.parameters(), range.offset(), range.length(), first ? 0 : keep, first ? 1 : share);
        }
    }

    /** Averages and parameters change places: once before the model is judged, and once behind. Nothing before the first update. */
    void swap() {
        if (updates == 0) {
            return;
        }
        float[] one = new float[CHUNK];
        float[] other = new float[CHUNK];
        for (Range range : ranges) {
            for (long at = range.offset(); at < range.offset() + range.length(); at += CHUNK) {
                int count = (int) Math.min(CHUNK, range.offset() + range.length() - at);
                averages.read(at, one, 0, count);
                model.parameters().read(at, other, 0, count);
                averages.write(at, other, 0, count);
                model.parameters().write(at, one, 0, count);
            }
        }
    }

    @Override
    public void save(StateWriter state) {
        state.whole("updates", updates);
        for (ModelParameter parameter : TrainingStep.trainable(model)) {
            state.floats(
                    parameter.name(),
                    parameter.parameter().shape(),
                    () -> TrainingStep.read(averages, parameter.offset(), parameter));
        }
    }

    @Override
    public void restore(StateReader state) throws InputException {
        updates = state.whole("updates");
        for (ModelParameter parameter : TrainingStep.trainable(model)) {
            float[] values =
                    state.floats(parameter.name(), parameter.parameter().shape());
            averages.write(parameter.offset(), values, 0, values.length);
        }
    }

    @Override
    public void close() {
        averages.close();
    }
}
