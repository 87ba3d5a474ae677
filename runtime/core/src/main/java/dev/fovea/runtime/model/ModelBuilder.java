package dev.fovea.runtime.model;

import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.kernels.Kernels;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Chooses device, batch and seed, then builds a generated class.
 *
 * @param <M> the generated class
 */
public final class ModelBuilder<M extends CompiledModel> {
    private final BiFunction<Kernels, BuildOptions, M> constructor;
    private BuildOptions options = BuildOptions.DEFAULT;
    private UnaryOperator<Kernels> wrapper = UnaryOperator.identity();

    /** For generated code: {@code new ModelBuilder<>(LeNet5::new)}. */
    public ModelBuilder(BiFunction<Kernels, BuildOptions, M> constructor) {
        this.constructor = constructor;
    }

    /** The device, as the command line names it: {@code best} (the default), {@code cpu}, {@code opencl:0}. */
    public ModelBuilder<M> device(String device) {
        BuildOptions o = options;
        return with(new BuildOptions(device, o.threads(), o.batch(), o.seed(), o.training(), o.inputGradients()));
    }

    /** The threads for what runs on the CPU; all processors by default. Results do not depend on it. */
    public ModelBuilder<M> threads(int threads) {
        BuildOptions o = options;
        return with(new BuildOptions(o.device(), threads, o.batch(), o.seed(), o.training(), o.inputGradients()));
    }

    /** The largest batch, which the memory is planned for; 1 by default. */
    public ModelBuilder<M> batch(int batch) {
        BuildOptions o = options;
        return with(new BuildOptions(o.device(), o.threads(), batch, o.seed(), o.training(), o.inputGradients()));
    }

    /** The seed of the initial values and of everything random in training; 1 by default. */
    public ModelBuilder<M> seed(long seed) {
        BuildOptions o = options;
        return with(new BuildOptions(o.device(), o.threads(), o.batch(), seed, o.training(), o.inputGradients()));
    }

    /** For prediction only: less memory, no backward, no train-only outputs. */
    public ModelBuilder<M> inference() {
        BuildOptions o = options;
        return with(new BuildOptions(o.device(), o.threads(), o.batch(), o.seed(), false, false));
    }

    /** Computes the gradients of the inputs too. */
    public ModelBuilder<M> inputGradients() {
        BuildOptions o = options;
        return with(new BuildOptions(o.device(), o.threads(), o.batch(), o.seed(), true, true));
    }

    /**
     * A model for prediction on the weights of another of the same class: with memory of its own for what lies between the layers, so that
     * both can be used at once, each by a thread. {@link Predictor} hands out such models.
     *
     * @param original must stay open as long as what is built is used
     * @throws IllegalArgumentException where it is of another class
     * @throws dev.fovea.runtime.kernels.DeviceException where the device's memory cannot be used by two models
     */
    public M buildOn(CompiledModel original) {
        BuildOptions o = options;
        BuildOptions shared =
                new BuildOptions(o.device(), o.threads(), o.batch(), o.seed(), false, false, Optional.of(original));
        return ready(constructor.apply(open(), shared));
    }

    /**
     * Puts something between the model and its device, to look at what is bound and run: to measure, say.
     *
     * @param around gives what the model is built on in place of the device that was opened. It closes the device when it is closed, and
     *     hands out the device's own memory
     */
    public ModelBuilder<M> wrapped(UnaryOperator<Kernels> around) {
        wrapper = around;
        return this;
    }

    /** All options at once. */
    public ModelBuilder<M> with(BuildOptions chosen) {
        options = chosen;
        return this;
    }

    /**
     * Opens the device, allocates the memory, binds the kernels and fills the parameters by their initialisers.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when there is no such device or it has not the memory
     */
    public M build() {
        return ready(constructor.apply(open(), options));
    }

    private Kernels open() {
        return wrapper.apply(Devices.open(options.device(), options.threads()));
    }

    private M ready(M model) {
        try {
            model.assembly().ready();
            return model;
        } catch (RuntimeException failed) {
            model.close();
            throw failed;
        }
    }
}
