package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.BuiltIns;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.StageValue.AnonymousStage;
import dev.fovea.compiler.value.StageValue.BlockStage;
import dev.fovea.compiler.value.StageValue.OperatorStage;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates expressions: the switch over their kinds; each larger kind has a class of its own. */
final class Evaluator {
    private final ModelRun run;
    private final Operations operations;
    private final Calls calls;
    private final Pipelines pipelines;
    private final Map<Symbol, Value> constants = new HashMap<>();

    Evaluator(ModelRun run) {
        this.run = run;
        this.operations = new Operations(this, run);
        Applications applications = new Applications(this, run);
        this.calls = new Calls(this, applications, run);
        this.pipelines = new Pipelines(this, applications, run);
    }

    /** The value of an expression; {@link Value.Unknown} after a fault. */
    Value evaluate(Expression expression, Context context) {
        run.budget().enter(expression.span());
        try {
            return dispatch(expression, context);
        } finally {
            run.budget().leave();
        }
    }

    /** As {@link #evaluate}, but an operator or block that might be complete still waits for its first tensor. */
    Value evaluateStage(Expression expression, Context context) {
        run.budget().enter(expression.span());
        try {
            if (expression instanceof Expression.Call call) {
                return calls.call(call, context, true);
            }
            if (expression instanceof Expression.Conditional conditional) {
                return operations
                        .taken(conditional, context)
                        .map(branch -> evaluateStage(branch, context))
                        .orElse(Value.unknown());
            }
            return dispatch(expression, context);
        } finally {
            run.budget().leave();
        }
    }

    /** The stages of a pipeline, for a chain that begins without a tensor. */
    Pipelines pipelines() {
        return pipelines;
    }

    private Value dispatch(Expression expression, Context context) {
        if (expression instanceof Expression.IntegerLiteral literal) {
            return new Value.Int(literal.value());
        }
        if (expression instanceof Expression.FloatLiteral literal) {
            return new Value.Real(literal.value());
        }
        if (expression instanceof Expression.BooleanLiteral literal) {
            return new Value.Bool(literal.value());
        }
        if (expression instanceof Expression.StringLiteral literal) {
            return new Value.Text(literal.value());
        }
        if (expression instanceof Expression.Name name) {
            return name(name, context);
        }
        if (expression instanceof Expression.ListLiteral list) {
            return items(list.elements(), false, list.span(), context);
        }
        if (expression instanceof Expression.Tuple tuple) {
            return items(tuple.elements(), true, tuple.span(), context);
        }
        if (expression instanceof Expression.Call call) {
            return calls.call(call, context, false);
        }
        if (expression instanceof Expression.Pipeline pipeline) {
            return pipelines.evaluate(pipeline, context);
        }
        if (expression instanceof Expression.Ascribed ascribed) {
            Value value = evaluate(ascribed.value(), context);
            return pipelines.ascribe(value, ascribed.shapes(), ascribed.value().span(), context);
        }
        if (expression instanceof Expression.AnonymousBlock block) {
            return new AnonymousStage(block, context.scope(), Optional.empty());
        }
        return operations.evaluate(expression, context);
    }

    private Value name(Expression.Name name, Context context) {
        Optional<Value> local = context.scope().local(name.name());
        if (local.isPresent()) {
            return local.get();
        }
        Optional<Symbol> symbol = context.file().lookup(name.name());
        if (symbol.isPresent()) {
            return symbol(symbol.get(), name.span(), context);
        }
        Optional<OpDef<?>> operator = Ops.named(name.name());
        if (operator.isPresent()) {
            return new OperatorStage(operator.get(), Optional.empty(), name.span());
        }
        if (Initializers.REGISTRY.named(name.name()).isPresent()) {
            return calls.initializer(Initializers.REGISTRY.named(name.name()).get(), List.of(), name.span(), context);
        }
        if (BuiltIns.knows(name.name())) {
            run.fault(ValueFaults.functionWithoutArguments(name.name(), name.span()), context);
        }
        return Value.unknown();
    }

    /** The value of a declaration that is named without arguments. */
    private Value symbol(Symbol symbol, Span at, Context context) {
        Declaration declaration = symbol.declaration();
        if (symbol.isBroken() || run.recursive().contains(symbol)) {
            return Value.unknown();
        }
        if (declaration instanceof Declaration.Const constant) {
            return constant(symbol, constant, context);
        }
        if (declaration instanceof Declaration.Block) {
            return new BlockStage(symbol, Optional.empty(), Map.of(), at);
        }
        run.fault(
                declaration instanceof Declaration.Function
                        ? ValueFaults.functionWithoutArguments(symbol.name(), at)
                        : ValueFaults.modelAsValue(symbol.name(), at),
                context);
        return Value.unknown();
    }

    private Value constant(Symbol symbol, Declaration.Const constant, Context context) {
        Value known = constants.get(symbol);
        if (known != null) {
            return known;
        }
        Value value = evaluate(constant.value(), context.in(Scope.of(symbol.file())));
        constants.put(symbol, value);
        return value;
    }

    private Value items(List<Expression> expressions, boolean isTuple, Span at, Context context) {
        List<Value> elements = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            elements.add(evaluate(expression, context));
        }
        if (elements.stream().anyMatch(Value::isUnknown)) {
            return Value.unknown();
        }
        Value.Items items = isTuple ? Value.Items.tuple(elements) : Value.Items.list(elements);
        try {
            run.budget().list(elements.size(), items.depth());
            return items;
        } catch (BadValue tooLarge) {
            run.fault(tooLarge.at(at), context);
            return Value.unknown();
        }
    }
}
