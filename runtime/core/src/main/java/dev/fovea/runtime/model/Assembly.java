package dev.fovea.runtime.model;

import dev.fovea.ops.Op;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a generated class binds its kernels, in forward order. Turns planned places into regions of the device's memory,
 * and knows which gradients anybody needs: those behind a trainable parameter, or behind an input when the model is built
 * with gradients of the inputs.
 */
public final class Assembly {
    private final Kernels kernels;
    private final ModelSpec spec;
    private final BuildOptions options;
    private final ModelMemory memory;
    private final Set<Tensor> differentiable = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Probe probe = new Probe();
    /** The number of the layer that gives a tensor, in the order of forward. */
    private final IdentityHashMap<Tensor, Integer> numbers = new IdentityHashMap<>();

    private final List<Layer> layers = new ArrayList<>();
    /** Which kernel gives a tensor, in a model built for inference. */
    private final IdentityHashMap<Tensor, Kernel> givers = new IdentityHashMap<>();

    private int bound;

    /** A layer that is bound. Its text is for whoever asks: that of the first records takes Java a tenth of a second. */
    private record Layer(String name, Op op) {
        String text() {
            return name + ": " + op;
        }
    }

    Assembly(Kernels kernels, ModelSpec spec, BuildOptions options, ModelMemory memory) {
        this.kernels = kernels;
        this.spec = spec;
        this.options = options;
        this.memory = memory;
        if (options.inputGradients()) {
            spec.inputs().forEach(port -> differentiable.add(port.tensor()));
        }
    }

    /** Whether the model is built for training: train-only layers are bound only then. */
    public boolean training() {
        return options.training();
    }

    /** Begins the binding of one layer. */
    public LayerBinding layer(String name, Op op) {
        layers.add(new Layer(name, op));
        return new LayerBinding(this, name, op, bound++);
    }

    /** What has been bound, in order: names, operators and their arguments. */
    List<String> layers() {
        return layers.stream().map(Layer::text).toList();
    }

    /** Says that a tensor is another under a new shape, in the same place: nothing runs, but gradients pass. */
    public void view(Tensor tensor, Tensor view) {
        if (isDifferentiable(tensor)) {
            mark(view);
        }
        Integer number = numbers.get(tensor);
        if (number != null) {
            gives(view, number);
        }
    }

    /** Remembers which layer gives a tensor. */
    void gives(Tensor output, int number) {
        numbers.put(output, number);
    }

    /** The layer, by its number in the order of forward, behind which a tensor is there; the last there is where nobody knows. */
    int giver(Tensor tensor) {
        return numbers.getOrDefault(tensor, Integer.MAX_VALUE);
    }

    /**
     * A kernel of a layer. Where the device cannot prepare it there will be no model, and nothing of it is kept.
     *
     * @throws DeviceException with the batch that would fit, where it is memory that lacks
     */
    Kernel bind(Tensor output, Supplier<Binding> binding) {
        try {
            Kernel kernel = kernels.bind(binding.get());
            if (!options.training()) {
                givers.put(output, kernel);
            }
            return kernel;
        } catch (RuntimeException failed) {
            memory.close();
            kernels.close();
            throw failed instanceof DeviceFullException full ? Shortage.explain(spec, options, full) : failed;
        }
    }

    /** Whether the kernel that gives a tensor also does another layer, which is then what gives {@code output}. */
    boolean absorbed(Tensor given, Tensor output, Supplier<Binding> layer) {
        Kernel giver = givers.get(given);
        if (giver == null || !giver.absorb(layer.get())) {
            return false;
        }
        givers.put(output, giver);
        return true;
    }

    /** All layers are bound: nothing has run. */
    void ready() {
        if (options.training()) {
            kernels.trains(outputs());
        } else {
            kernels.infers(results());
        }
        kernels.ready();
    }

    /** What is read from outside while training, without gradients. */
    private List<Operand> outputs() {
        return spec.outputs().stream()
                .map(Port::tensor)
                .map(tensor -> new Operand(tensor.shape(), value(tensor), null))
                .toList();
    }

    /** What is read from outside, where it exists at inference: what only a recipe looks at often does. */
    private List<Operand> results() {
        return spec.outputs().stream()
                .map(Port::tensor)
                .filter(tensor -> tensor.inference().exists())
                .map(tensor -> operand(tensor, false))
                .toList();
    }

    /** Looks at what layers give, when it is asked to. */
    Probe probe() {
        return probe;
    }

    int capacity() {
        return options.batch();
    }

    void mark(Tensor tensor) {
        differentiable.add(tensor);
    }

    boolean isDifferentiable(Tensor tensor) {
        return options.training() && differentiable.contains(tensor);
    }

    Operand operand(Tensor tensor, boolean accumulate) {
        return new Operand(tensor.shape(), value(tensor), gradient(tensor, accumulate));
    }

    Region value(Tensor tensor) {
        return region(options.training() ? tensor.value() : tensor.inference());
    }

    @Nullable
    Gradient gradient(Tensor tensor, boolean accumulate) {
        if (!isDifferentiable(tensor)) {
            return null;
        }
        if (tensor.gradient().exists()) {
            return new Gradient(region(tensor.gradient()), accumulate);
        }
        return new Gradient(inputGradient(tensor), accumulate);
    }

    ParameterOperand parameter(ModelParameter parameter, boolean accumulate) {
        Memory gradients = memory.gradients();
        boolean trainable = parameter.parameter().isTrainable();
        Region value = new Region(trainable ? memory.parameters() : memory.state(), parameter.offset(), 0);
        Gradient gradient = trainable && gradients != null
                ? new Gradient(new Region(gradients, parameter.offset(), 0), accumulate)
                : null;
        return new ParameterOperand(parameter.parameter(), value, gradient);
    }

    Optional<Region> saved(long offset, long stride) {
        return options.training() && offset >= 0 ? Optional.of(region(Slot.dense(offset, stride))) : Optional.empty();
    }

    Optional<Region> savedPerBatch(long offset) {
        Memory saved = memory.saved();
        return saved != null && offset >= 0 ? Optional.of(new Region(saved, offset, 0)) : Optional.empty();
    }

    /** What a tensor of a layer that does not exist in this plan is bound to. */
    static final Kernel ABSENT = new Kernel() {
        @Override
        public void forward(Run run) {}

        @Override
        public void backward(Run run) {}
    };

    private Region region(Slot slot) {
        return memory.arena().region(slot);
    }

    @SuppressWarnings(
            "ReferenceEquality") // a tensor is the constant of the generated class: equal ones are not the same
    private Region inputGradient(Tensor tensor) {
        Memory inputs = memory.inputGradients();
        long offset = 0;
        for (Port port : spec.inputs()) {
            if (port.tensor() == tensor && inputs != null) {
                long size = port.shape().size();
                return inputs.piece(offset * options.batch(), size * options.batch(), size);
            }
            offset += port.shape().size();
        }
        throw new IllegalStateException("no place for the gradient of a tensor " + tensor.shape());
    }
}
