package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Draft.DraftOutput;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.Recipe.Target;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the losses and metrics of a recipe can name: tensors of the model, its inputs, and the recipe's targets. */
final class RecipeTensors {
    private final Draft draft;
    private final Evaluation evaluation;
    private final Map<String, Optional<Target>> targets;

    /**
     * The names of one recipe.
     *
     * @param targets by name; empty ones are at fault
     */
    RecipeTensors(Draft draft, Evaluation evaluation, Map<String, Optional<Target>> targets) {
        this.draft = draft;
        this.evaluation = evaluation;
        this.targets = targets;
    }

    /**
     * What a prediction is compared with.
     *
     * @param classes as {@link Target}
     */
    record Reference(String name, Shape shape, Optional<Integer> classes, boolean isInput) {}

    /** Whether an expression names a target. */
    boolean isTarget(Expression expression) {
        return expression instanceof Expression.Name name && targets.containsKey(name.name());
    }

    /** The tensor that an expression names; empty after a fault. */
    Optional<Value.Tensor> prediction(Expression expression) {
        if (isTarget(expression)) {
            if (reference(expression).isPresent()) {
                evaluation.report(RecipeFaults.targetAsPrediction(expression.span()));
            }
            return Optional.empty();
        }
        Optional<Value> value = named(expression);
        if (value.isPresent() && value.get() instanceof Value.Tensor tensor) {
            return Optional.of(tensor);
        }
        if (value.isPresent() && !value.get().isUnknown()) {
            evaluation.report(RecipeFaults.needsTensor(value.get(), expression.span()));
        }
        return Optional.empty();
    }

    /** What an expression names as a target: one of the recipe, or an input of the model; empty after a fault. */
    Optional<Reference> reference(Expression expression) {
        if (expression instanceof Expression.Name name && targets.containsKey(name.name())) {
            Optional<Target> target = targets.getOrDefault(name.name(), Optional.empty());
            return target.map(one -> new Reference(one.name(), one.shape(), one.classes(), false));
        }
        Optional<Value> value = named(expression);
        if (value.isPresent() && value.get() instanceof Value.Tensor tensor) {
            Node node = draft.nodes().get(tensor.node());
            if (node instanceof InputNode input) {
                return Optional.of(new Reference(input.name(), input.shape(), Optional.empty(), true));
            }
            evaluation.report(RecipeFaults.needsTarget(expression.span(), targets.keySet()));
        } else if (value.isPresent() && !value.get().isUnknown()) {
            evaluation.report(RecipeFaults.needsTarget(expression.span(), targets.keySet()));
        }
        return Optional.empty();
    }

    /** Whether a tensor is there only while training. */
    boolean isTrainOnly(Value.Tensor tensor) {
        List<DraftOutput> all = draft.outputs().stream()
                .filter(output -> output.value() instanceof Value.Tensor other && other.node() == tensor.node())
                .toList();
        return !all.isEmpty() && all.stream().allMatch(DraftOutput::trainOnly);
    }

    private Optional<Value> named(Expression expression) {
        if (expression instanceof Expression.Name name) {
            Value value = draft.names().get(name.name());
            if (value != null) {
                return Optional.of(value);
            }
            if (!draft.hasFaults() || !mayBeHidden(name.name())) {
                evaluation.report(RecipeFaults.unknownTensor(name.name(), name.span(), tensorNames()));
            }
            return Optional.empty();
        }
        if (expression instanceof Expression.Index) {
            return Optional.of(evaluation.evaluate(expression));
        }
        evaluation.report(RecipeFaults.needsName(expression.span()));
        return Optional.empty();
    }

    /** A body that was given up half-way does not know its later names. */
    private boolean mayBeHidden(String name) {
        return !draft.names().containsKey(name) && draft.outputs().isEmpty();
    }

    private Set<String> tensorNames() {
        Set<String> names = new LinkedHashSet<>(targets.keySet());
        draft.outputs().forEach(output -> names.add(output.name()));
        draft.names().forEach((name, value) -> {
            if (value instanceof Value.Tensor) {
                names.add(name);
            }
        });
        return names;
    }
}
