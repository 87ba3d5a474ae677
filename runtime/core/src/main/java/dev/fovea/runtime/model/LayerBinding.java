package dev.fovea.runtime.model;

import dev.fovea.ops.Op;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The binding of one layer: its tensors, then {@link #out}. */
public final class LayerBinding {
    private record Input(Tensor tensor, boolean accumulate) {}

    private final Assembly assembly;
    private final String name;
    private final Op op;
    private final int number;
    private final List<Input> inputs = new ArrayList<>();
    private final List<ParameterOperand> parameters = new ArrayList<>();
    private Optional<Op> activation = Optional.empty();
    private boolean trainable;
    private boolean trainOnly;
    private @Nullable Tensor foldsInto;
    private long saved = -1;
    private long savedPerBatch = -1;

    LayerBinding(Assembly assembly, String name, Op op, int number) {
        this.assembly = assembly;
        this.name = name;
        this.op = op;
        this.number = number;
    }

    /** An activation fused behind the operator. */
    public LayerBinding activation(Op fused) {
        activation = Optional.of(fused);
        return this;
    }

    /** The next input; this layer is the first to write its gradient in backward. */
    public LayerBinding in(Tensor tensor) {
        inputs.add(new Input(tensor, false));
        return this;
    }

    /** The next input; its gradient already holds another's part when this layer's backward runs. */
    public LayerBinding inAdding(Tensor tensor) {
        inputs.add(new Input(tensor, true));
        return this;
    }

    /** The next parameter; this layer is the first to write its gradient in backward. */
    public LayerBinding parameter(ModelParameter parameter) {
        return parameter(parameter, false);
    }

    /** The next parameter, shared with a later layer that has written its gradient before. */
    public LayerBinding parameterAdding(ModelParameter parameter) {
        return parameter(parameter, true);
    }

    /** Where forward keeps what backward needs, in the arena for training. */
    public LayerBinding saved(long offset) {
        saved = offset;
        return this;
    }

    /** Where forward keeps what backward needs once a batch. */
    public LayerBinding savedPerBatch(long offset) {
        savedPerBatch = offset;
        return this;
    }

    /** The layer exists only while training. */
    public LayerBinding trainOnly() {
        trainOnly = true;
        return this;
    }

    /**
     * At inference this layer may be done by the one that gives a tensor: nothing else reads it, the output lies in its place, and
     * what else this layer reads is there before.
     */
    public LayerBinding foldsInto(Tensor tensor) {
        foldsInto = tensor;
        return this;
    }

    /**
     * Names the output and binds the kernel. A train-only layer of a model built for inference gives a kernel that does
     * nothing, and so does one that another layer does, see {@link #foldsInto}.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when the device cannot prepare it
     */
    public Kernel out(Tensor output) {
        if (trainOnly && !assembly.training()) {
            return Assembly.ABSENT;
        }
        if (trainable || inputs.stream().anyMatch(in -> assembly.isDifferentiable(in.tensor))) {
            assembly.mark(output);
        }
        if (foldsInto != null && assembly.absorbed(foldsInto, output, () -> binding(output))) {
            return Assembly.ABSENT;
        }
        Kernel kernel = assembly.bind(output, () -> binding(output));
        assembly.gives(output, number);
        Kernel watched =
                assembly.probe().watch(kernel, number, name, op.name(), output.shape(), assembly.value(output));
        return assembly.isDifferentiable(output) ? watched : new ForwardOnly(watched);
    }

    private Binding binding(Tensor output) {
        List<Operand> operands = inputs.stream()
                .map(in -> assembly.operand(in.tensor, in.accumulate))
                .toList();
        List<Shape> shapes = operands.stream().map(Operand::shape).toList();
        Saved keeps = op.def().saved(op, shapes, output.shape());
        return new Binding(
                name,
                op,
                activation,
                operands,
                assembly.operand(output, false),
                parameters,
                assembly.saved(saved, keeps.perSample()),
                assembly.savedPerBatch(savedPerBatch),
                assembly.capacity(),
                number);
    }

    private LayerBinding parameter(ModelParameter parameter, boolean accumulate) {
        parameters.add(assembly.parameter(parameter, accumulate));
        trainable |= parameter.parameter().isTrainable();
        return this;
    }

    /** A layer before which nothing is trained: it has no gradient to pass on. */
    private record ForwardOnly(Kernel kernel) implements Kernel {
        @Override
        public void forward(Run run) {
            kernel.forward(run);
        }

        @Override
        public void backward(Run run) {}
    }
}
