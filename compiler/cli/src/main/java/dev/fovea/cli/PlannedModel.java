package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.plan.Place;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedCall;
import dev.fovea.compiler.plan.PlannedTensor;
import dev.fovea.runtime.model.Assembly;
import dev.fovea.runtime.model.LayerBinding;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Slot;
import dev.fovea.runtime.model.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the constructor of a generated class does, done from the plan: for what is to be known of a model before any class is
 * generated and compiled.
 */
final class PlannedModel {
    private final Plan plan;
    private final Graph graph;
    private final Map<Integer, Tensor> tensors = new HashMap<>();
    private final Map<Integer, ModelParameter> parameters = new HashMap<>();

    PlannedModel(Plan plan) {
        this.plan = plan;
        this.graph = plan.program().graph();
        plan.tensors().forEach((id, tensor) -> tensors.put(id, tensor(tensor)));
        plan.parameters().forEach((index, planned) -> {
            GraphParameter parameter = planned.parameter();
            parameters.put(
                    index,
                    new ModelParameter(
                            parameter.name(), parameter.parameter(), planned.offset(), parameter.trainOnly()));
        });
    }

    /** Sizes, inputs and outputs of the class, these under the names of their layers. */
    ModelSpec spec() {
        List<Port> inputs = graph.inputs().stream()
                .map(input -> new Port(input.name(), tensor(input.id()), false))
                .toList();
        List<Port> outputs = plan.program().observed().stream()
                .map(id -> new Port(graph.node(id).name(), tensor(id), false))
                .toList();
        return new ModelSpec(
                graph.name(),
                graph.file(),
                inputs,
                outputs,
                List.copyOf(parameters.values()),
                plan.trainingFloats(),
                plan.inferenceFloats(),
                plan.savedFloats(),
                plan.trainableFloats(),
                plan.stateFloats());
    }

    /** Binds all layers. */
    void bind(Assembly assembly) {
        for (PlannedCall call : plan.calls()) {
            if (call.elided()) {
                assembly.view(
                        tensor(call.call().inputs().get(0)),
                        tensor(call.call().output().id()));
            } else {
                bind(assembly, call);
            }
        }
    }

    private void bind(Assembly assembly, PlannedCall call) {
        LayerBinding layer = assembly.layer(call.call().name(), call.call().op());
        call.call().activation().map(OpNode::op).ifPresent(layer::activation);
        for (PlannedCall.Use use : call.inputs()) {
            if (use.adds()) {
                layer.inAdding(tensor(use.id()));
            } else {
                layer.in(tensor(use.id()));
            }
        }
        for (PlannedCall.Use use : call.parameters()) {
            ModelParameter parameter = parameter(use.id());
            if (use.adds()) {
                layer.parameterAdding(parameter);
            } else {
                layer.parameter(parameter);
            }
        }
        call.saved().ifPresent(layer::saved);
        call.savedPerBatch().ifPresent(layer::savedPerBatch);
        call.foldsInto().ifPresent(id -> layer.foldsInto(tensor(id)));
        if (call.call().node().trainOnly()) {
            layer.trainOnly();
        }
        layer.out(tensor(call.call().output().id()));
    }

    private Tensor tensor(int id) {
        Tensor tensor = tensors.get(id);
        if (tensor == null) {
            throw new IllegalStateException("no tensor %" + id);
        }
        return tensor;
    }

    private ModelParameter parameter(int index) {
        ModelParameter parameter = parameters.get(index);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + index);
        }
        return parameter;
    }

    private static Tensor tensor(PlannedTensor tensor) {
        return new Tensor(
                tensor.node().shape(),
                slot(Optional.of(tensor.value())),
                slot(tensor.gradient()),
                slot(tensor.inference()));
    }

    private static Slot slot(Optional<Place> place) {
        return place.map(at -> new Slot(at.offset(), at.within(), at.stride())).orElse(Slot.NONE);
    }
}
