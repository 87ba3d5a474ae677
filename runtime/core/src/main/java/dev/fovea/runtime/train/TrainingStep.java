package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a model in a step of one phase, once the batch is in its inputs and targets: forward, losses, backward, clipping,
 * update. Allocates nothing from step to step, not even before it is compiled: no iterators, no lambdas. Owns the optimizer's state until it is closed, before the model is.
 */
public final class TrainingStep implements PhaseStep {
    private final CompiledModel model;
    private final Kernels kernels;
    private final Memory gradients;
    /** The gradients that move the parameters. */
    private final Memory meant;

    private final Memory state;
    private final long slotLength;
    private final int slots;
    private final Objective objective;
    private final Update update;
    private final List<Range> ranges;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Optional<Float> clipNorm;
    private final Optional<Float> clipValue;
    private final int accumulate;
    private final Optional<GradientSum> sum;
    private long updates;

    /**
     * Binds losses and optimizer.
     *
     * @throws FoveaException where the phase freezes something the model does not have, or everything
     * @throws IllegalArgumentException where the model was built for inference or the recipe does not fit it
     * @throws dev.fovea.runtime.kernels.DeviceException where the device has not the memory or no such kernel
     */
    public TrainingStep(CompiledModel model, Recipe recipe, Phase phase) throws FoveaException {
        Memory found = model.gradients();
        if (found == null) {
            throw new IllegalArgumentException(model.spec().name() + " was built for inference");
        }
        this.model = model;
        this.kernels = model.kernels();
        this.gradients = found;
        this.clipNorm = phase.clipNorm();
        this.clipValue = phase.regime().clipValue();
        this.accumulate = phase.regime().accumulate();
        this.ranges = ranges(model, phase.frozen());
        this.slotLength = model.parameters().length();
        this.slots = phase.optimizer().slots();
        this.state = model.allocate("the optimizer's state", Math.max(1, slots * slotLength));
        closing.push(state::close);
        try {
            this.sum = accumulate > 1 ? Optional.of(new GradientSum(model, ranges)) : Optional.empty();
            sum.ifPresent(memory -> closing.push(memory::close));
            this.meant = sum.map(GradientSum::memory).orElse(gradients);
            this.objective = new Objective(
                    model,
                    Targets.used(recipe, phase),
                    phase.losses(),
                    true,
                    Mixes.alpha(phase.augmentations().values()).isPresent());
            closing.push(objective::close);
            this.update = kernels.bind(
                    phase.optimizer(), new UpdateBinding(model.parameters(), meant, state, slotLength, ranges));
        } catch (RuntimeException e) {
            close();
            throw e instanceof DeviceFullException full ? model.shortage(full) : e;
        }
    }

    @Override
    public List<Range> ranges() {
        return ranges;
    }

    /** The losses, whose targets are set before a step. */
    @Override
    public Objective objective() {
        return objective;
    }

    /** Runs forward and the losses; the outputs can be read until {@link #backward}. */
    @Override
    public double forward(int batch) {
        model.forward(batch, true);
        return objective.loss(batch);
    }

    /**
     * Runs backward and moves the parameters; to be called after {@link #forward}. Where gradients are accumulated they are moved by every
     * so many calls only.
     *
     * @return whether they were moved
     */
    public boolean backward(float learningRate) {
        return backward(learningRate, false);
    }

    /**
     * The same, where the caller knows what comes.
     *
     * @param last whether no batch of the epoch is left: what has been accumulated then moves the parameters, however little it is
     */
    @Override
    public boolean backward(float learningRate, boolean last) {
        objective.backward();
        model.backward();
        model.step(model.step() + 1);
        if (sum.isPresent()) {
            boolean full = sum.get().add(gradients, objective.batch()) >= accumulate;
            if (!full && !last) {
                return false;
            }
            sum.get().finish();
        }
        if (clipValue.isPresent()) {
            clamp(clipValue.get());
        }
        if (clipNorm.isPresent()) {
            clip(clipNorm.get());
        }
        update.apply(learningRate, updates++);
        return true;
    }

    @Override
    public void save(StateWriter writer) {
        writer.whole("updates", updates);
        sum.ifPresent(memory -> memory.save(writer.within("sum")));
        for (int slot = 0; slot < slots; slot++) {
            StateWriter part = writer.within(Integer.toString(slot));
            for (ModelParameter parameter : trainable(model)) {
                long offset = slot * slotLength + parameter.offset();
                part.floats(parameter.name(), parameter.parameter().shape(), () -> read(state, offset, parameter));
            }
        }
    }

    @Override
    public void restore(StateReader reader) throws InputException {
        updates = reader.whole("updates");
        if (sum.isPresent()) {
            sum.get().restore(reader.within("sum"));
        }
        for (int slot = 0; slot < slots; slot++) {
            StateReader part = reader.within(Integer.toString(slot));
            for (ModelParameter parameter : trainable(model)) {
                float[] values =
                        part.floats(parameter.name(), parameter.parameter().shape());
                state.write(slot * slotLength + parameter.offset(), values, 0, values.length);
            }
        }
    }

    /** As many elements of a memory as a parameter has. */
    static float[] read(Memory memory, long offset, ModelParameter parameter) {
        float[] values = new float[Math.toIntExact(parameter.parameter().shape().size())];
        memory.read(offset, values, 0, values.length);
        return values;
    }

    static List<ModelParameter> trainable(CompiledModel model) {
        return model.spec().parameters().stream()
                .filter(parameter -> parameter.parameter().isTrainable())
                .toList();
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private void clamp(float most) {
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            kernels.clamp(meant, range.offset(), range.length(), most);
        }
    }

    /** As PyTorch's {@code clip_grad_norm_}: all gradients times most/(norm + 1e-6) where the norm of all together is larger. */
    private void clip(float most) {
        double squares = 0;
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            squares += kernels.sumOfSquares(meant, range.offset(), range.length());
        }
        double factor = most / (Math.sqrt(squares) + 1e-6);
        if (factor < 1) {
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                kernels.scale(meant, range.offset(), range.length(), (float) factor);
            }
        }
    }

    /** The stretches of parameters that are not frozen; what lies between two neighbours is padding, which stays zero. */
    private static List<Range> ranges(CompiledModel model, List<String> frozen) throws FoveaException {
        for (String label : frozen) {
            if (model.spec().parameters().stream().noneMatch(parameter -> isWithin(parameter.name(), label))) {
                throw new FoveaException("`freeze " + label + "` names no layer that has parameters", List.of());
            }
        }
        List<ModelParameter> trainable = model.spec().parameters().stream()
                .filter(parameter -> parameter.parameter().isTrainable())
                .sorted(Comparator.comparingLong(ModelParameter::offset))
                .toList();
        List<Range> ranges = new ArrayList<>();
        long start = -1;
        long end = 0;
        for (ModelParameter parameter : trainable) {
            if (frozen.stream().anyMatch(label -> isWithin(parameter.name(), label))) {
                if (start >= 0) {
                    ranges.add(new Range(start, end - start));
                }
                start = -1;
            } else {
                start = start < 0 ? parameter.offset() : start;
                end = parameter.offset() + parameter.parameter().shape().size();
            }
        }
        if (start >= 0) {
            ranges.add(new Range(start, end - start));
        }
        if (ranges.isEmpty()) {
            throw new FoveaException("there is nothing to train: every parameter is frozen", List.of());
        }
        return List.copyOf(ranges);
    }

    private static boolean isWithin(String name, String label) {
        return name.equals(label) || name.startsWith(label + ".");
    }
}
