package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.BoundOperator;
import dev.fovea.compiler.value.StageValue.OperatorStage;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calls of operators: tensors first, then the arguments of its signature. */
final class OperatorCalls {
    /** The argument that {@code @round} before a model sets. */
    private static final String ROUNDING = "round";

    private final Evaluator evaluator;
    private final Applications applications;
    private final ModelRun run;

    OperatorCalls(Evaluator evaluator, Applications applications, ModelRun run) {
        this.evaluator = evaluator;
        this.applications = applications;
        this.run = run;
    }

    Value call(OpDef<?> def, Expression.Call call, Context context, boolean asStage) {
        ArgumentBinder binder = binder(def, call.span(), run, context);
        Tensors tensors = new Tensors(def);
        for (Argument argument : call.arguments()) {
            argument(argument, binder, tensors, context);
        }
        Optional<Op> op = finish(def, binder, run);
        if (op.isEmpty() || tensors.isFaulty) {
            return Value.unknown();
        }
        BoundOperator bound = new BoundOperator(op.get(), tensors.inOrder(), binder.size());
        StageValue stage = new OperatorStage(def, Optional.of(bound), call.span());
        int given = bound.rest().size();
        if (!asStage && def.admits(given)) {
            return applications.complete(bound, Optional.empty(), call.span(), context);
        }
        if (!def.admits(given + 1)) {
            int all = (asStage ? given + 1 : given) - (tensors.taken.isPresent() ? 1 : 0);
            run.fault(ShapeFaults.tensorCount(def.name(), wanted(def), all, call.span()), context);
            return Value.unknown();
        }
        return stage;
    }

    /** An operator that was named without arguments; empty when it needs some, which is reported. */
    static Optional<Op> bare(OpDef<?> def, Span at, ModelRun run, Context context) {
        return finish(def, binder(def, at, run, context), run);
    }

    /** The number of tensors an operator takes, in words. */
    static String wanted(OpDef<?> def) {
        int count = def.inputs().size();
        if (def.isVariadic()) {
            return "one tensor or more";
        }
        return count == 1 ? "one tensor" : count + " tensors";
    }

    private static ArgumentBinder binder(OpDef<?> def, Span at, ModelRun run, Context context) {
        return new ArgumentBinder(
                def.signature(), "operator", def.inputs(), at, run.budget(), fault -> run.fault(fault, context));
    }

    private static Optional<Op> finish(OpDef<?> def, ArgumentBinder binder, ModelRun run) {
        if (run.rounding().isPresent() && def.signature().attribute(ROUNDING).isPresent()) {
            binder.giveUnlessGiven(ROUNDING, run.rounding().get());
        }
        Optional<Map<String, Object>> values = binder.finish();
        return values.map(def::create);
    }

    private void argument(Argument argument, ArgumentBinder binder, Tensors tensors, Context context) {
        Span at = argument.value().span();
        Optional<Identifier> name = argument.name();
        Optional<Attribute> attribute = name.isPresent() ? binder.named(name.get()) : binder.next();
        Value value = value(argument, attribute, context);
        if (value instanceof Value.Layer layer
                && attribute.isPresent()
                && tensors.def.inputOf().equals(Optional.of(attribute.get().name()))) {
            tensors.taken = Optional.of(layer.inputs().get(0));
        }
        if (value instanceof StageValue) {
            tensors.isFaulty = true;
            run.fault(ValueFaults.needsTensor(value, at), context);
        } else if (name.isPresent()
                && attribute.isEmpty()
                && tensors.def.inputs().contains(name.get().name())) {
            namedTensor(name.get(), value, at, tensors, context);
        } else if (name.isPresent()) {
            binder.give(name.get(), value, at);
        } else if (tensors.isAmbiguous) {
            // Its place among the arguments is not known.
            return;
        } else if (value instanceof Value.Tensor tensor) {
            if (tensors.attributeSeen) {
                tensors.isFaulty = true;
                run.fault(ValueFaults.tensorBehindArguments(at), context);
            }
            tensors.positional.add(tensor);
        } else if (value.isUnknown() && !tensors.attributeSeen) {
            // A tensor or an argument: nobody can tell, so that nothing may be missed of this call.
            tensors.isFaulty = true;
            tensors.isAmbiguous = true;
            binder.mute();
        } else {
            tensors.attributeSeen = true;
            binder.give(value, at);
        }
    }

    private void namedTensor(Identifier name, Value value, Span at, Tensors tensors, Context context) {
        if (!(value instanceof Value.Tensor tensor)) {
            tensors.isFaulty = true;
            if (!value.isUnknown()) {
                run.fault(ValueFaults.needsTensor(value, at), context);
            }
        } else if (tensors.named.put(tensors.def.inputs().indexOf(name.name()), tensor) != null) {
            tensors.isFaulty = true;
            run.fault(ValueFaults.argumentTwice(name), context);
        }
    }

    private Value value(Argument argument, Optional<Attribute> attribute, Context context) {
        if (argument.value() instanceof Expression.Name word && attribute.isPresent()) {
            boolean isWord = attribute.get().type().words().contains(word.name());
            boolean isHidden = argument.name().isEmpty()
                    && context.scope().local(word.name()).isPresent();
            if (isWord && !isHidden) {
                return new Value.Text(word.name());
            }
            if (attribute.get().type().namesLayer()) {
                return layer(word, argument.name().isPresent(), attribute.get(), context);
            }
        }
        return evaluator.evaluate(argument.value(), context);
    }

    /** A label, unless the name is that of a value and may stand for a tensor. */
    private Value layer(Expression.Name word, boolean isNamed, Attribute attribute, Context context) {
        boolean isValue = !isNamed && context.scope().local(word.name()).isPresent();
        Optional<Value.Layer> layer = run.layers().labelled(word.name(), context);
        boolean fits = layer.isPresent()
                && attribute
                        .type()
                        .convert(RawValues.of(layer.get(), run.budget()))
                        .isPresent();
        if (fits || (layer.isPresent() && !isValue)) {
            return layer.get();
        }
        if (isValue) {
            return evaluator.evaluate(word, context);
        }
        if (context.names().isLost(word.name())) {
            return Value.unknown();
        }
        run.fault(
                ValueFaults.unknownLabel(word.name(), attribute, context.names().labels(), word.span()), context);
        return Value.unknown();
    }

    /** The tensors of one call: those without a name, then the named ones in the order of the definition. */
    private static final class Tensors {
        private final OpDef<?> def;
        private final List<Value.Tensor> positional = new ArrayList<>();
        private final TreeMap<Integer, Value.Tensor> named = new TreeMap<>();
        private Optional<Value.Tensor> taken = Optional.empty();
        private boolean attributeSeen;
        private boolean isAmbiguous;
        private boolean isFaulty;

        private Tensors(OpDef<?> def) {
            this.def = def;
        }

        private List<Value.Tensor> inOrder() {
            List<Value.Tensor> all = new ArrayList<>(positional);
            all.addAll(named.values());
            taken.ifPresent(all::add);
            return all;
        }
    }
}
