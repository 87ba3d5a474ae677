package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.ModelParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Some parameters of one memory, with the optimizer that moves them; the memories of values and gradients are another's. */
final class MovedParameters implements Resumable, AutoCloseable {
    private final Kernels kernels;
    private final Memory values;
    private final Memory gradients;
    private final Memory state;
    private final int slots;
    private final List<ModelParameter> parameters;
    private final List<Update> updates = new ArrayList<>();

    /**
     * @param gradients in the layout of the values
     * @param decaysBiases whether the optimizer's weight decay is for biases too
     */
    MovedParameters(
            Kernels kernels,
            Memory values,
            Memory gradients,
            List<ModelParameter> parameters,
            Optimizer optimizer,
            boolean decaysBiases) {
        this.kernels = kernels;
        this.values = values;
        this.gradients = gradients;
        this.parameters = List.copyOf(parameters);
        this.slots = optimizer.slots();
        this.state = kernels.allocate("the optimizer's state", Math.max(1, slots * values.length()));
        try {
            bind(optimizer, parameter -> decaysBiases || !isBias(parameter));
            bind(optimizer.withoutDecay(), parameter -> !decaysBiases && isBias(parameter));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /**
     * A parameter as an operator reads it.
     *
     * @param accumulate whether another kernel has written its gradient before
     */
    ParameterOperand operand(int number, boolean accumulate) {
        ModelParameter parameter = parameters.get(number);
        return new ParameterOperand(
                parameter.parameter(),
                new Region(values, parameter.offset(), 0),
                new Gradient(new Region(gradients, parameter.offset(), 0), accumulate));
    }

    List<ModelParameter> all() {
        return parameters;
    }

    /** The values of a parameter. */
    float[] read(ModelParameter parameter) {
        float[] read = new float[Math.toIntExact(parameter.parameter().shape().size())];
        values.read(parameter.offset(), read, 0, read.length);
        return read;
    }

    /** The gradient of a parameter, for tests and tools. */
    float[] readGradient(ModelParameter parameter) {
        float[] read = new float[Math.toIntExact(parameter.parameter().shape().size())];
        gradients.read(parameter.offset(), read, 0, read.length);
        return read;
    }

    void apply(float learningRate, long step) {
        updates.forEach(update -> update.apply(learningRate, step));
    }

    double sumOfSquares() {
        double sum = 0;
        for (ModelParameter parameter : parameters) {
            sum += kernels.sumOfSquares(
                    gradients, parameter.offset(), parameter.parameter().shape().size());
        }
        return sum;
    }

    void scaleGradients(float factor) {
        for (ModelParameter parameter : parameters) {
            kernels.scale(
                    gradients, parameter.offset(), parameter.parameter().shape().size(), factor);
        }
    }

    /** Bounds each element of the gradients. */
    void clampGradients(float most) {
        ranges().forEach(range -> kernels.clamp(gradients, range.offset(), range.length(), most));
    }

    /** Where the parameters lie. */
    List<Range> ranges() {
        return ranges(parameter -> true);
    }

    @Override
    public void save(StateWriter writer) {
        for (int slot = 0; slot < slots; slot++) {
            StateWriter part = writer.within(Integer.toString(slot));
            for (ModelParameter parameter : parameters) {
                long offset = slot * values.length() + parameter.offset();
                part.floats(parameter.name(), parameter.parameter().shape(), () -> {
                    float[] read = new float
                            [Math.toIntExact(parameter.parameter().shape().size())];
                    state.read(offset, read, 0, read.length);
                    return read;
                });
            }
        }
    }

    @Override
    public void restore(StateReader reader) throws InputException {
        for (int slot = 0; slot < slots; slot++) {
            StateReader part = reader.within(Integer.toString(slot));
            for (ModelParameter parameter : parameters) {
                float[] stored =
                        part.floats(parameter.name(), parameter.parameter().shape());
                state.write(slot * values.length() + parameter.offset(), stored, 0, stored.length);
            }
        }
    }

    @Override
    public void close() {
        state.close();
    }

    private void bind(Optimizer optimizer, Predicate<ModelParameter> which) {
        List<Range> ranges = ranges(which);
        if (!ranges.isEmpty()) {
            updates.add(kernels.bind(optimizer, new UpdateBinding(values, gradients, state, values.length(), ranges)));
        }
    }

    private List<Range> ranges(Predicate<ModelParameter> which) {
        return parameters.stream()
                .filter(which)
                .map(parameter -> new Range(
                        parameter.offset(), parameter.parameter().shape().size()))
                .toList();
    }

    private static boolean isBias(ModelParameter parameter) {
        return parameter.parameter().name().equals("bias");
    }
}
