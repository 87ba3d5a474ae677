package dev.fovea.runtime.model;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network on a device: the parent of every generated class. Holds device memory until {@link #close}. One thread at a
 * time.
 *
 * <p>{@link #predict} is for programs that use a trained model; {@link #forward(int, boolean)}, {@link #backward()} and
 * the transfers are what trainers and tools are made of.
 *
 * <pre>{@code
 * try (LeNet5 model = LeNet5.builder().batch(32).inference().build()) {
 *   model.load(Path.of("lenet5.safetensors"));
 *   float[] scores = model.predict(image); // 784 floats in, 10 out
 *   float[] ofThree = model.predict(new float[3 * 784]); // any number of samples up to 32, one behind the other: 30 out
 * }
 * }</pre>
 *
 * <p>From many threads, and for any number of samples: {@link Predictor}.
 */
public abstract class CompiledModel implements AutoCloseable {
    private final ModelSpec spec;
    private final BuildOptions options;
    private final Kernels kernels;
    private final ModelMemory memory;
    private final Assembly assembly;
    private final Run run = new Run();
    private final Weights weights;
    private long step;
    private boolean closed;

    /** Allocates the memory and fills the parameters; takes over {@code kernels}, and closes it when this fails. */
    protected CompiledModel(ModelSpec spec, Kernels kernels, BuildOptions options) {
        this.spec = spec;
        this.options = options;
        this.kernels = kernels;
        try {
            this.memory = ModelMemory.allocate(kernels, spec, options);
        } catch (RuntimeException e) {
            kernels.close();
            throw e instanceof DeviceFullException full ? Shortage.explain(spec, options, full) : e;
        }
        this.assembly = new Assembly(kernels, spec, options, memory);
        this.weights = new Weights(spec, memory);
        if (options.weightsOf().isEmpty()) {
            weights.initialize(options.seed());
        }
    }

    /**
     * Memory beside the model's own on its device, owned by the caller and closed before the model.
     *
     * @throws DeviceException when the device has not so much, with the batch that would fit
     */
    public final Memory allocate(String purpose, long floats) {
        try {
            return kernels.allocate(purpose, floats);
        } catch (DeviceFullException full) {
            throw shortage(full);
        }
    }

    /** What to tell the user when the device has no memory left for what is to be used with this model: the batch that would fit. */
    public final DeviceException shortage(DeviceFullException full) {
        return Shortage.explain(spec, options, full);
    }

    /** The generated class's facts. */
    public final ModelSpec spec() {
        return spec;
    }

    /** How this model was built. */
    public final BuildOptions options() {
        return options;
    }

    /** The device it runs on. */
    public final Kernels kernels() {
        return kernels;
    }

    /** The parameters by name: initial values, loading, saving. */
    public final Weights weights() {
        return weights;
    }

    ModelMemory memory() {
        return memory;
    }

    /** The layers in the order in which they run, as {@code name: operator[arguments]}, those without parameters too. */
    public final List<String> layers() {
        return assembly.layers();
    }

    /** For generated constructors. */
    protected final Assembly assembly() {
        return assembly;
    }

    /** The layers in order; generated. */
    protected abstract void forward(Run run);

    /** The layers in reverse order; generated. */
    protected abstract void backward(Run run);

    /**
     * Runs the layers on the first {@code batch} samples of the inputs.
     *
     * @param batch between 1 and the batch the model was built for
     * @param train whether dropout drops and batch norm uses the batch's statistics; needs a model built for training
     */
    public final void forward(int batch, boolean train) {
        forward(begin(batch, train));
    }

    /**
     * Runs the layers as at inference, but only as far as an output needs: what lies behind the layer that gives it does not run, and other
     * outputs keep what they hold.
     *
     * @param batch as in {@link #forward(int, boolean)}
     * @param output one of the model's, not train-only
     */
    public final void forwardTo(int batch, Port output) {
        forward(begin(batch, false).upTo(assembly.giver(output.tensor())));
    }

    private Run begin(int batch, boolean train) {
        if (batch < 1 || batch > options.batch()) {
            throw new IllegalArgumentException("the batch must be between 1 and " + options.batch()
                    + ", which the model was built for, not " + batch);
        }
        if (train && !options.training()) {
            throw new IllegalStateException(spec.name() + " was built for inference");
        }
        return run.set(batch, train, options.seed(), step);
    }

    /**
     * Runs the layers once more, to find the first whose values are not finite. With {@code train} running statistics move on a step. A layer that also does the one behind it, as a
     * norm the sum of a residual block, has that one's values.
     *
     * @param batch of the samples in the inputs
     * @param train as in {@link #forward(int, boolean)}
     */
    public final Optional<NonFiniteLayer> firstNonFinite(int batch, boolean train) {
        return assembly.probe().during(() -> forward(batch, train));
    }

    /** Runs the layers' gradients in reverse order, after {@code forward} and after the outputs' gradients were set. */
    public final void backward() {
        if (!options.training()) {
            throw new IllegalStateException(spec.name() + " was built for inference");
        }
        backward(run);
    }

    /** The number of training steps made: with the seed, the key of all random numbers. */
    public final long step() {
        return step;
    }

    /** Sets the number of training steps made. */
    public final void step(long number) {
        step = number;
    }

    /** Where the values of an input or output lie. */
    public final Region value(Port port) {
        return assembly.value(port.tensor());
    }

    /** Where the gradient of an input or output lies; null when nothing before it is trained. */
    public final @Nullable Region gradient(Port port) {
        Gradient gradient = assembly.gradient(port.tensor(), false);
        return gradient == null ? null : gradient.region();
    }

    /** The memory of the trainable parameters. */
    public final Memory parameters() {
        return memory.parameters();
    }

    /** The memory of the gradients of the trainable parameters, in the same layout; null in a model built for inference. */
    public final @Nullable Memory gradients() {
        return memory.gradients();
    }

    /** Copies samples into an input, one behind the other. */
    public final void write(Port input, float[] samples, int batch) {
        Transfer.write(value(input), input.shape(), samples, batch);
    }

    /** Copies an output's values out, one sample behind the other. */
    public final void read(Port output, float[] samples, int batch) {
        Transfer.read(value(output), output.shape(), samples, batch);
    }

    /**
     * The first output that is not train-only, for a batch of samples of the only input.
     *
     * @param samples a whole number of samples, at most as many as the model was built for
     * @return the output's values, one sample behind the other
     */
    public final float[] predict(float[] samples) {
        if (spec.inputs().size() != 1) {
            throw new IllegalStateException(
                    spec.name() + " has " + spec.inputs().size() + " inputs: write each, then call forward");
        }
        Port input = spec.inputs().get(0);
        Port output = spec.mainOutput();
        int size = (int) input.shape().size();
        if (samples.length == 0 || samples.length % size != 0) {
            throw new IllegalArgumentException("`" + input.name() + "` is " + input.shape() + ", " + size
                    + " floats a sample: " + samples.length + " floats are no whole number of samples");
        }
        int batch = samples.length / size;
        write(input, samples, batch);
        forward(batch, false);
        float[] result = new float[Math.toIntExact(batch * output.shape().size())];
        read(output, result, batch);
        return result;
    }

    /**
     * Writes the parameters as safetensors under their names; the file is whole or absent.
     *
     * @throws InputException when it cannot be written
     */
    public final void save(Path file) throws InputException {
        weights.save(file);
    }

    /**
     * Reads all parameters from a safetensors file.
     *
     * @throws InputException when it cannot be read or a tensor is missing or of another shape; nothing is changed then
     */
    public final void load(Path file) throws InputException {
        weights.load(file);
    }

    /** Frees the memory and the device; a second call does nothing. */
    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            memory.close();
            kernels.close();
        }
    }
}
