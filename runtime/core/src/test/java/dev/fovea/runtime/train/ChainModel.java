package dev.fovea.runtime.train;

import dev.fovea.ops.Alignment;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.StackedLayer;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.LayerBinding;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Tensor;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain of layers on the CPU's kernels, as a generated class would be; every layer is an output under its name. */
final class ChainModel extends CompiledModel {
    /** A layer. */
    record Link(String name, Op op) {}

    private record Plan(
            ModelSpec spec, List<Link> links, List<Tensor> tensors, List<List<ModelParameter>> parameters) {}

    private final Plan plan;
    private final List<Kernel> kernels = new ArrayList<>();

    private ChainModel(Plan plan, int threads, int batch, long seed) {
        super(plan.spec(), Devices.open("cpu", threads), new BuildOptions("cpu", threads, batch, seed, true, false));
        this.plan = plan;
        for (int i = 0; i < plan.links().size(); i++) {
            Link link = plan.links().get(i);
            LayerBinding binding = assembly().layer(link.name(), link.op());
            // Each layer is an output, so that its gradient is there before the layer behind it adds to it.
            if (i == 0) {
                binding.in(plan.tensors().get(0));
            } else {
                binding.inAdding(plan.tensors().get(i));
            }
            plan.parameters().get(i).forEach(binding::parameter);
            kernels.add(binding.out(plan.tensors().get(i + 1)));
        }
    }

    static ChainModel of(Shape input, int threads, int batch, long seed, Link... links) {
        return new ChainModel(plan(input, List.of(links)), threads, batch, seed);
    }

    @Override
    protected void forward(Run run) {
        kernels.forEach(kernel -> kernel.forward(run));
    }

    @Override
    protected void backward(Run run) {
        for (int i = kernels.size() - 1; i >= 0; i--) {
            kernels.get(i).backward(run);
        }
    }

    /** The layer of a number as a stage of its own; the link behind it is its activation. */
    Stage stage(Pretraining method, int number) {
        Link link = plan.links().get(number);
        Tensor read = plan.tensors().get(number);
        StackedLayer layer = new StackedLayer(
                link.name(),
                link.op(),
                Optional.of(plan.links().get(number + 1).op()),
                read.shape(),
                plan.tensors().get(number + 1).shape(),
                number == 0
                        ? Optional.empty()
                        : Optional.of(plan.links().get(number - 1).op()));
        try {
            String source = number == 0 ? "image" : plan.links().get(number - 1).name();
            return new Stage(method, layer, method.decoder(layer), source, number == 0);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit.message() + ": " + misfit.label(), misfit);
        }
    }

    /** A phase that trains a layer. */
    Phase phase(Pretraining method, int number, Optimizer optimizer, int batch, int epochs) {
        Stage stage = stage(method, number);
        return new Phase(
                        "pretrain." + stage.layer().name(),
                        List.of(),
                        optimizer,
                        new Constant(0),
                        batch,
                        epochs,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())
                .with(stage);
    }

    private static Plan plan(Shape input, List<Link> links) {
        List<Tensor> tensors = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        List<List<ModelParameter>> parameters = new ArrayList<>();
        long floats = input.size();
        long trained = 0;
        tensors.add(Tensor.of(input, 0, -1, 0));
        for (Link link : links) {
            Shape from = tensors.get(tensors.size() - 1).shape();
            Shape to = shape(link.op(), from);
            List<ModelParameter> own = new ArrayList<>();
            for (Parameter parameter : link.op().def().parameters(link.op(), List.of(from), to)) {
                own.add(new ModelParameter(link.name() + "." + parameter.name(), parameter, trained, false));
                trained += Alignment.up(parameter.shape().size());
            }
            tensors.add(Tensor.of(to, floats, floats + to.size(), floats));
            floats += 2 * to.size();
            parameters.add(own);
        }
        for (int i = links.size() - 1; i >= 0; i--) {
            outputs.add(new Port(links.get(i).name(), tensors.get(i + 1), false));
        }
        ModelSpec spec = new ModelSpec(
                "Chain",
                "chain.cnn",
                List.of(new Port("image", tensors.get(0), false)),
                outputs,
                parameters.stream().flatMap(List::stream).toList(),
                floats,
                floats,
                0,
                trained,
                0);
        return new Plan(spec, links, tensors, parameters);
    }

    private static Shape shape(Op op, Shape from) {
        try {
            return op.def().infer(op, List.of(from), Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit.message(), misfit);
        }
    }
}
