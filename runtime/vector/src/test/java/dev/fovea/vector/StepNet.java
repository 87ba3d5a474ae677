package dev.fovea.vector;

import dev.fovea.ops.Alignment;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.LayerBinding;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain of layers, as a generated class would be. A layer with a second input reads an input of the model of its own, of the shape of its
 * first, or what {@linkplain Layer#with another layer} gives. One that {@linkplain Layer#folds folds} may be done by the one before at inference, in whose place it writes; a sum does in
 * training as well.
 */
final class StepNet extends CompiledModel {
    /**
     * A layer of the chain.
     *
     * @param beside whether it reads an input of its own as well
     * @param other the number of a layer before whose output it reads as well, or {@link #NONE}
     */
    record Layer(Op op, Optional<Op> activation, boolean beside, int other, boolean folds) {
        private static final int NONE = -1;

        static Layer of(Op op) {
            return new Layer(op, Optional.empty(), false, NONE, false);
        }

        Layer then(Op function) {
            return new Layer(op, Optional.of(function), beside, other, folds);
        }

        Layer folding() {
            return new Layer(op, activation, beside, other, true);
        }

        Layer withAnother() {
            return new Layer(op, activation, true, other, folds);
        }

        Layer with(int layer) {
            return new Layer(op, activation, beside, layer, folds);
        }
    }

    /** A layer with its places. */
    private record Bound(
            Layer layer,
            List<Tensor> inputs,
            List<ModelParameter> parameters,
            Tensor output,
            long saved,
            long perBatch) {}

    /** Places for all that the layers read and write. */
    private static final class Plan {
        private final List<Bound> layers = new ArrayList<>();
        private final List<Port> inputs = new ArrayList<>();
        private final List<ModelParameter> parameters = new ArrayList<>();
        private long training;
        private long inference;
        private long saved;
        private long trainable;
        private long state;

        ModelSpec spec() {
            Port output = new Port("output", layers.get(layers.size() - 1).output(), false);
            return new ModelSpec(
                    "Net",
                    "net.cnn",
                    inputs,
                    List.of(output),
                    parameters,
                    training,
                    inference,
                    saved,
                    trainable,
                    state);
        }

        Tensor input(Shape shape) {
            Tensor tensor = Tensor.of(shape, taken(shape.size()), -1, inference);
            inference += Alignment.up(shape.size());
            inputs.add(new Port("input" + inputs.size(), tensor, false));
            return tensor;
        }

        Tensor add(Layer layer, Tensor before) {
            List<Tensor> read = new ArrayList<>(List.of(before));
            if (layer.beside()) {
                read.add(input(before.shape()));
            }
            if (layer.other() != Layer.NONE) {
                read.add(layers.get(layer.other()).output());
            }
            List<Shape> shapes = read.stream().map(Tensor::shape).toList();
            Shape shape = infer(layer.op(), shapes);
            long place = layer.folds() ? before.inference().offset() : inference;
            inference += layer.folds() ? 0 : Alignment.up(shape.size());
            boolean over = layer.folds() && layer.op().def().has(Trait.SUM);
            long value = over ? before.value().offset() : taken(shape.size());
            Tensor output = Tensor.of(shape, value, taken(shape.size()), place);
            List<ModelParameter> own = new ArrayList<>();
            for (Parameter parameter : layer.op().def().parameters(layer.op(), shapes, shape)) {
                own.add(parameter(parameter));
            }
            Saved keeps = layer.op().def().saved(layer.op(), shapes, shape);
            long perBatch = saved;
            saved += Alignment.up(keeps.perBatch());
            layers.add(new Bound(
                    layer,
                    read,
                    own,
                    output,
                    keeps.perSample() > 0 ? taken(keeps.perSample()) : -1,
                    keeps.perBatch() > 0 ? perBatch : -1));
            return output;
        }

        private ModelParameter parameter(Parameter parameter) {
            String name = "layer" + layers.size() + "." + parameter.name();
            long length = Alignment.up(parameter.shape().size());
            long at = parameter.isTrainable() ? trainable : state;
            trainable += parameter.isTrainable() ? length : 0;
            state += parameter.isTrainable() ? 0 : length;
            ModelParameter placed = new ModelParameter(name, parameter, at, false);
            parameters.add(placed);
            return placed;
        }

        boolean isReadLater(Tensor tensor, int layer) {
            return layers.stream().skip(layer + 1L).anyMatch(bound -> bound.inputs()
                    .contains(tensor));
        }

        private long taken(long floats) {
            long at = training;
            training += Alignment.up(floats);
            return at;
        }
    }

    private final List<Kernel> kernels = new ArrayList<>();

    private StepNet(Plan plan, Kernels device, BuildOptions options) {
        super(plan.spec(), device, options);
        for (Bound bound : plan.layers) {
            LayerBinding binding =
                    assembly().layer("layer" + kernels.size(), bound.layer().op());
            bound.inputs().forEach(tensor -> in(binding, tensor, plan.isReadLater(tensor, kernels.size())));
            bound.parameters().forEach(binding::parameter);
            bound.layer().activation().ifPresent(binding::activation);
            binding.saved(bound.saved()).savedPerBatch(bound.perBatch());
            if (bound.layer().folds()) {
                binding.foldsInto(bound.inputs().get(0));
            }
            kernels.add(binding.out(bound.output()));
        }
        if (options.training()) {
            Port output = spec().mainOutput();
            device.trains(List.of(new Operand(output.shape(), value(output), null)));
        }
        device.ready();
    }

    /** Backward meets the last reader first. */
    private static void in(LayerBinding binding, Tensor tensor, boolean readLater) {
        if (readLater) {
            binding.inAdding(tensor);
        } else {
            binding.in(tensor);
        }
    }

    /** Takes over the device. With gradients of its inputs where it trains. */
    static StepNet of(Kernels device, int threads, int batch, boolean training, Shape input, List<Layer> layers) {
        Plan plan = new Plan();
        Tensor last = plan.input(input);
        for (Layer layer : layers) {
            last = plan.add(layer, last);
        }
        return new StepNet(plan, device, new BuildOptions("cpu", threads, batch, 1, training, training));
    }

    @Override
    protected void forward(Run run) {
        forward(run, kernels.size());
    }

    /** The first layers alone. */
    void forward(Run run, int layers) {
        for (int i = 0; i < layers; i++) {
            kernels.get(i).forward(run);
        }
    }

    @Override
    protected void backward(Run run) {
        for (int i = kernels.size() - 1; i >= 0; i--) {
            kernels.get(i).backward(run);
        }
    }

    private static Shape infer(Op op, List<Shape> shapes) {
        try {
            return op.def().infer(op, shapes, Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(op + ": " + misfit.message(), misfit);
        }
    }
}
