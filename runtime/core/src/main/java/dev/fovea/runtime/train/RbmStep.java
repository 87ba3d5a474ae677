package dev.fovea.runtime.train;

import dev.fovea.ops.Mse;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Sub;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.StackedLayer;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A step of CD-k, as section 3 of Hinton, <i>A Practical Guide to Training Restricted Boltzmann Machines</i>, 2010, has it: with v⁰ the
 * data and p the probabilities of hidden units,
 *
 * <pre>p⁰ = σ(W·v⁰ + b);  hᵗ drawn from pᵗ;  vᵗ⁺¹ = Wᵀ·hᵗ + a, through σ for Bernoulli units;  pᵗ⁺¹ = σ(W·vᵗ⁺¹ + b)
 * ΔW = ⟨p⁰·v⁰⟩ − ⟨pᵏ·vᵏ⟩,  Δb = ⟨p⁰⟩ − ⟨pᵏ⟩,  Δa = ⟨v⁰⟩ − ⟨vᵏ⟩</pre>
 *
 * <p>Hidden units are drawn where they make a reconstruction; the statistics are of their probabilities, and visible units are not drawn
 * at all (sections 3.1 to 3.3; 13.2 for Gaussian ones). The gradients are −Δ, so that any optimizer moves along Δ; its weight decay is
 * for W alone (section 10). The error that is told is ‖v⁰ − vᵏ‖², the mean over the batch.
 */
final class RbmStep extends LayerStep {
    private final Kernels device;
    private final int steps;
    private final int units;
    private final Operand data0;
    private final Operand first;
    private final Operand last;
    private final Operand states;
    private final Operand difference;
    private final Kernel upFirst;
    private final Kernel squashFirst;
    private final Kernel down;
    private final Optional<Kernel> squashVisible;
    private final Kernel upLast;
    private final Kernel squashLast;
    private final Kernel subtract;
    private final BoundLoss error;
    private final float[] probabilities;
    private final float[] numbers;
    private final long stream;

    RbmStep(CompiledModel model, Phase phase, Stage stage) {
        super(model, phase, stage, false);
        StackedLayer layer = stage.layer();
        this.device = model.kernels();
        this.steps = ((Rbm) stage.method()).cd();
        this.units = Math.toIntExact(layer.code().size());
        this.data0 = source.values();
        // The probabilities turn into the gradients of the sums that they came from, in the same place.
        this.first = inPlace(kernels.tensor("the hidden units", layer.code()));
        this.last = inPlace(kernels.tensor("the hidden units of the reconstruction", layer.code()));
        this.states = kernels.tensor("the states of the hidden units", layer.code());
        this.difference = kernels.tensor("the gradient of the visible units", layer.input());
        Operand visible = kernels.tensor("the reconstruction", layer.input());
        Operand made = new Operand(layer.input(), visible.value(), new Gradient(difference.value(), false));
        this.upFirst = kernels.bind(layer.op(), List.of(data0), first, encoderParameters(false, false));
        this.squashFirst = squash(first);
        this.down = kernels.bind(stage.decoder(), List.of(states), made, decoderParameters(false));
        this.squashVisible =
                ((Rbm) stage.method()).visible() == Visible.BERNOULLI ? Optional.of(squash(visible)) : Optional.empty();
        this.upLast = kernels.bind(layer.op(), List.of(visible), last, encoderParameters(true, true));
        this.squashLast = squash(last);
        this.subtract = kernels.bind(new Sub(), List.of(visible, data0), difference, List.of());
        this.error = new BoundLoss(
                device,
                new LossTerm((float) layer.input().size(), new Mse(), layer.name(), "its input"),
                visible,
                Optional.of(data0),
                kernels.capacity(),
                0);
        this.probabilities = new float[kernels.capacity() * units];
        this.numbers = new float[kernels.capacity() * units];
        this.stream = RandomStream.named(0, layer.name() + ".hidden_states").stream();
        HostRandom.announce(kernels, layer.name(), "the states of hidden units");
    }

    @Override
    double learn(int batch) {
        upFirst.forward(run);
        squashFirst.forward(run);
        for (int step = 0; step < steps; step++) {
            draw(step == 0 ? first : last, step);
            down();
            upLast.forward(run);
            squashLast.forward(run);
        }
        return error.forward(run);
    }

    @Override
    double reconstruct(int batch) {
        upFirst.forward(run);
        squashFirst.forward(run);
        whole(first).read(0, probabilities, 0, batch * units);
        whole(states).write(0, probabilities, 0, batch * units);
        down();
        return error.forward(run);
    }

    @Override
    float[] codes(int batch) {
        float[] codes = new float[batch * units];
        whole(first).read(0, codes, 0, codes.length);
        return codes;
    }

    @Override
    void differentiate() {
        int batch = run.batch();
        subtract.forward(run);
        device.scale(whole(difference), 0, batch * difference.shape().size(), 1f / batch);
        device.scale(whole(first), 0, (long) batch * units, -1f / batch);
        device.scale(whole(last), 0, (long) batch * units, 1f / batch);
        upFirst.backward(run);
        upLast.backward(run);
        down.backward(run);
    }

    @Override
    public void close() {
        error.close();
        super.close();
    }

    /** On where the unit's random number is below its probability. Numbers are by step, Gibbs step, sample and unit alone. */
    private void draw(Operand from, int gibbsStep) {
        int count = run.batch() * units;
        whole(from).read(0, probabilities, 0, count);
        long ofStep = RandomStream.child(stream, run.step() * steps + gibbsStep);
        new RandomStream(run.seed(), ofStep).fillUniform(numbers, 0, count, 0, 0, 1);
        for (int i = 0; i < count; i++) {
            probabilities[i] = numbers[i] < probabilities[i] ? 1 : 0;
        }
        whole(states).write(0, probabilities, 0, count);
    }

    private void down() {
        down.forward(run);
        squashVisible.ifPresent(kernel -> kernel.forward(run));
    }

    private Kernel squash(Operand sums) {
        Operand plain = new Operand(sums.shape(), sums.value(), null);
        return kernels.bind(new Sigmoid(), List.of(plain), plain, List.of());
    }

    private static Operand inPlace(Operand units) {
        return new Operand(units.shape(), units.value(), new Gradient(units.value(), false));
    }

    /** The memory of a tensor of the step's own, in which it is alone. */
    private static Memory whole(Operand tensor) {
        return tensor.value().memory();
    }
}
