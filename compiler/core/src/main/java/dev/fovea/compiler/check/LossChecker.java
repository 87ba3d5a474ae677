package dev.fovea.compiler.check;

import dev.fovea.compiler.check.RecipeTensors.Reference;
import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Recipe.LossTerm;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.UnaryOperator;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.ops.recipe.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks a loss: a sum of losses and constant multiples of them. */
final class LossChecker {
    private final Draft draft;
    private final RecipeTensors tensors;
    private final Evaluation evaluation;
    private final Set<String> reported = new HashSet<>();

    LossChecker(Draft draft, RecipeTensors tensors, Evaluation evaluation) {
        this.draft = draft;
        this.tensors = tensors;
        this.evaluation = evaluation;
    }

    /** The terms of a loss; those at fault are left out and reported. */
    List<LossTerm> terms(Expression loss) {
        List<LossTerm> terms = new ArrayList<>();
        add(loss, 1, terms);
        return terms;
    }

    private void add(Expression expression, double weight, List<LossTerm> terms) {
        if (expression instanceof Expression.Binary binary) {
            binary(binary, weight, terms);
        } else if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.NEGATE) {
            add(unary.operand(), -weight, terms);
        } else if (expression instanceof Expression.Call call && call.callee() instanceof Expression.Name name) {
            term(call, name, weight).ifPresent(terms::add);
        } else {
            evaluation.report(RecipeFaults.lossForm(expression.span()));
        }
    }

    private void binary(Expression.Binary binary, double weight, List<LossTerm> terms) {
        switch (binary.operator()) {
            case ADD -> {
                add(binary.left(), weight, terms);
                add(binary.right(), weight, terms);
            }
            case SUBTRACT -> {
                add(binary.left(), weight, terms);
                add(binary.right(), -weight, terms);
            }
            case MULTIPLY -> {
                boolean lossFirst = holdsLoss(binary.left());
                Expression loss = lossFirst ? binary.left() : binary.right();
                Expression factor = lossFirst ? binary.right() : binary.left();
                add(loss, weight * constant(factor), terms);
            }
            case DIVIDE -> add(binary.left(), weight / constant(binary.right()), terms);
            default -> evaluation.report(RecipeFaults.lossForm(binary.span()));
        }
    }

    /** The value of a constant factor; 1 after a fault. */
    private double constant(Expression expression) {
        if (holdsLoss(expression)) {
            evaluation.report(RecipeFaults.lossForm(expression.span()));
            return 1;
        }
        Value value = evaluation.evaluate(expression);
        if (value instanceof Value.Int number && number.value() != 0) {
            return number.value();
        }
        if (value instanceof Value.Real number && number.value() != 0) {
            return number.value();
        }
        if (!value.isUnknown()) {
            evaluation.report(RecipeFaults.lossWeight(value, expression.span()));
        }
        return 1;
    }

    private static boolean holdsLoss(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            return holdsLoss(binary.left()) || holdsLoss(binary.right());
        }
        if (expression instanceof Expression.Unary unary) {
            return holdsLoss(unary.operand());
        }
        return expression instanceof Expression.Call call
                && call.callee() instanceof Expression.Name name
                && Ops.named(name.name()).isPresent();
    }

    private Optional<LossTerm> term(Expression.Call call, Expression.Name name, double weight) {
        Optional<OpDef<?>> def = Ops.named(name.name()).filter(one -> one.has(Trait.LOSS));
        if (def.isEmpty()) {
            evaluation.report(RecipeFaults.unknownLoss(name, losses()));
            return Optional.empty();
        }
        Split split = Split.of(def.get(), call.arguments());
        Optional<Map<String, Object>> values =
                evaluation.bind(def.get().signature(), "loss", split.attributes(), call.span());
        if (split.tensors().size() < def.get().inputs().size()) {
            evaluation.report(RecipeFaults.lossTensors(def.get(), call.span()));
            return Optional.empty();
        }
        Optional<Value.Tensor> prediction = tensors.prediction(split.tensors().get(0));
        if (def.get().inputs().size() == 1) {
            return prediction.flatMap(tensor ->
                    values.flatMap(given -> checked(def.get(), given, tensor, Optional.empty(), weight, call.span())));
        }
        if (tensors.isTarget(split.tensors().get(0))) {
            return Optional.empty();
        }
        Optional<Reference> reference = tensors.reference(split.tensors().get(1));
        if (prediction.isEmpty() || reference.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        return checked(def.get(), values.get(), prediction.get(), reference, weight, call.span());
    }

    private Optional<LossTerm> checked(
            OpDef<?> def,
            Map<String, Object> values,
            Value.Tensor prediction,
            Optional<Reference> reference,
            double weight,
            Span at) {
        Op op = def.create(values);
        if (!suits(def.name(), op, prediction, reference, at)) {
            return Optional.empty();
        }
        warnOfProbabilities(def, prediction, at);
        String target = reference.map(Reference::name).orElse("");
        return Optional.of(new LossTerm((float) weight, op, prediction.node(), target));
    }

    /** Whether a metric can compare a prediction with a target, as the loss that takes the same could; reports it where not. */
    boolean suitsMetric(Metric metric, Value.Tensor prediction, Reference reference, Span at) {
        Op op = metric.compares();
        String name = metric.def().name();
        if (op.def().hasGradient(1) && reference.classes().isPresent()) {
            evaluation.report(RecipeFaults.needsNumbers(name, reference.name(), prediction.shape(), at));
            return false;
        }
        return suits(name, op, prediction, Optional.of(reference), at);
    }

    private boolean suits(String name, Op op, Value.Tensor prediction, Optional<Reference> reference, Span at) {
        List<Shape> shapes = new ArrayList<>(List.of(prediction.shape()));
        reference.ifPresent(one -> shapes.add(one.shape()));
        boolean wantsClasses = shapes.size() > 1 && !op.def().hasGradient(1);
        if (wantsClasses && reference.get().classes().isEmpty()) {
            evaluation.report(RecipeFaults.needsClasses(name, reference.get().name(), prediction.shape(), at));
            return false;
        }
        try {
            op.def().infer(op, shapes, Findings.NONE);
        } catch (Misfit misfit) {
            Diagnostic.Builder fault = reference.filter(Reference::isInput).isPresent()
                    ? RecipeFaults.unlikeInput(misfit, reference.get().shape(), at)
                    : RecipeFaults.misfit(misfit, at);
            evaluation.report(fault.note("prediction: " + evaluation.origin(prediction, at)));
            return false;
        }
        return classesAgree(prediction, reference, at);
    }

    /** Whether as many classes are declared as the prediction tells apart; reports it once where not. */
    boolean classesAgree(Value.Tensor prediction, Optional<Reference> reference, Span at) {
        Optional<Integer> classes = reference.flatMap(Reference::classes);
        if (classes.isEmpty() || classes.get() == prediction.shape().channels()) {
            return true;
        }
        if (!reported.add(reference.map(Reference::name).orElse("") + ":" + prediction.node())) {
            return false;
        }
        evaluation.report(RecipeFaults.classCount(
                reference.map(Reference::name).orElse(""),
                classes.get(),
                prediction.shape(),
                evaluation.origin(prediction, at),
                at));
        return false;
    }

    private void warnOfProbabilities(OpDef<?> def, Value.Tensor prediction, Span at) {
        if (def.has(Trait.TAKES_LOGITS)
                && !evaluation.allows(Code.SOFTMAX_BEFORE_LOSS)
                && draft.nodes().get(prediction.node()) instanceof OpNode layer
                && layer.op().def().has(Trait.PROBABILITIES)) {
            evaluation.report(RecipeFaults.softmaxBeforeLoss(def.name(), layer, at));
        }
    }

    private static List<String> losses() {
        return Ops.ALL.stream()
                .filter(def -> def.has(Trait.LOSS))
                .map(OpDef::name)
                .toList();
    }

    /** The arguments of a loss, cut into those that name tensors, in the definition's order, and the rest. */
    private record Split(List<Expression> tensors, List<Argument> attributes) {
        private static Split of(OpDef<?> def, List<Argument> arguments) {
            TreeMap<Integer, Expression> tensors = new TreeMap<>();
            List<Argument> attributes = new ArrayList<>();
            for (Argument argument : arguments) {
                int place = argument.name()
                        .map(name -> def.inputs().indexOf(name.name()))
                        .orElse(
                                attributes.isEmpty()
                                                && tensors.size() < def.inputs().size()
                                        ? tensors.size()
                                        : -1);
                if (place >= 0) {
                    tensors.put(place, argument.value());
                } else {
                    attributes.add(argument);
                }
            }
            return new Split(List.copyOf(tensors.values()), List.copyOf(attributes));
        }
    }
}
