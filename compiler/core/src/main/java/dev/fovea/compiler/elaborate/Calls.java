package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.BuiltIns;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.AnonymousStage;
import dev.fovea.compiler.value.StageValue.BlockStage;
import dev.fovea.compiler.value.StageValue.OperatorStage;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Def;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates calls: finds out what is called, and hands over to the class of that kind. */
final class Calls {
    private final Evaluator evaluator;
    private final ModelRun run;
    private final Functions functions;
    private final FunctionCalls functionCalls;
    private final OperatorCalls operators;
    private final BlockCalls blocks;
    private final CombinatorCalls combinators;

    Calls(Evaluator evaluator, Applications applications, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
        this.functions = new Functions(run.budget());
        this.functionCalls = new FunctionCalls(evaluator, run);
        this.operators = new OperatorCalls(evaluator, applications, run);
        this.blocks = new BlockCalls(evaluator, applications, run);
        this.combinators = new CombinatorCalls(evaluator, applications, run);
    }

    /**
     * The value of a call.
     *
     * @param asStage whether an operator or block still gets its first tensor, although the call may be complete
     */
    Value call(Expression.Call call, Context context, boolean asStage) {
        if (!(call.callee() instanceof Expression.Name name)
                || context.scope().local(name.name()).isPresent()) {
            return callValue(evaluator.evaluate(call.callee(), context), call, context, asStage);
        }
        Optional<Symbol> symbol = context.file().lookup(name.name());
        if (symbol.isPresent()) {
            return callSymbol(symbol.get(), call, context, asStage);
        }
        Optional<OpDef<?>> operator = Ops.named(name.name());
        if (operator.isPresent()) {
            return operators.call(operator.get(), call, context, asStage);
        }
        Optional<Def<? extends Initializer>> initializer = Initializers.REGISTRY.named(name.name());
        if (initializer.isPresent()) {
            return initializer(initializer.get(), call.arguments(), call.span(), context);
        }
        return switch (name.name()) {
            case BuiltIns.REPEAT -> combinators.repeat(call, context);
            case BuiltIns.SHARE -> combinators.share(call, context);
            default -> function(name.name(), call, context);
        };
    }

    /** An initialiser with its arguments. */
    Value initializer(Def<? extends Initializer> def, List<Argument> arguments, Span at, Context context) {
        ArgumentBinder binder = new ArgumentBinder(
                def.signature(), "initialiser", List.of(), at, run.budget(), fault -> run.fault(fault, context));
        for (Argument argument : arguments) {
            Value value = evaluator.evaluate(argument.value(), context);
            Span place = argument.value().span();
            argument.name().ifPresentOrElse(name -> binder.give(name, value, place), () -> binder.give(value, place));
        }
        return binder.finish()
                .<Value>map(values -> new Value.Filling(def.create(values)))
                .orElse(Value.unknown());
    }

    private Value callSymbol(Symbol symbol, Expression.Call call, Context context, boolean asStage) {
        if (symbol.isBroken() || run.recursive().contains(symbol)) {
            return unknown(call, context);
        }
        if (symbol.declaration() instanceof Declaration.Function function) {
            return functionCalls.call(symbol, function, call, context);
        }
        if (symbol.declaration() instanceof Declaration.Block) {
            return blocks.call(symbol, call, context, asStage);
        }
        if (symbol.declaration() instanceof Declaration.Const) {
            return callValue(evaluator.evaluate(call.callee(), context), call, context, asStage);
        }
        run.fault(ValueFaults.modelAsValue(symbol.name(), call.callee().span()), context);
        return unknown(call, context);
    }

    private Value callValue(Value callee, Expression.Call call, Context context, boolean asStage) {
        if (callee instanceof StageValue stage && stage.isBare()) {
            if (stage instanceof OperatorStage operator) {
                return operators.call(operator.def(), call, context, asStage);
            }
            if (stage instanceof BlockStage block) {
                return blocks.call(block.block(), call, context, asStage);
            }
            return blocks.callAnonymous((AnonymousStage) stage, call, context, asStage);
        }
        if (callee instanceof StageValue stage) {
            run.fault(ValueFaults.hasArguments(stage.name(), call.span()), context);
        } else if (!callee.isUnknown()) {
            run.fault(notCallable(callee, call, context), context);
        }
        return unknown(call, context);
    }

    private static Diagnostic.Builder notCallable(Value callee, Expression.Call call, Context context) {
        Diagnostic.Builder fault = ValueFaults.notCallable(callee, call.callee().span());
        if (call.callee() instanceof Expression.Name name) {
            String hidden = Ops.named(name.name()).isPresent() ? "operator" : "name";
            boolean isLocal = context.scope().local(name.name()).isPresent();
            if (isLocal
                    && (BuiltIns.knows(name.name())
                            || context.file().lookup(name.name()).isPresent())) {
                return ValueFaults.hides(fault, name.name(), hidden);
            }
        }
        return fault;
    }

    private Value function(String name, Expression.Call call, Context context) {
        if (!BuiltIns.FUNCTIONS.contains(name)) {
            return unknown(call, context);
        }
        boolean isQuotient = Functions.isRounding(name)
                && call.arguments().size() == 1
                && call.arguments().get(0).value() instanceof Expression.Binary binary
                && binary.operator() == BinaryOperator.DIVIDE;
        try {
            return isQuotient
                    ? roundedQuotient(
                            name, (Expression.Binary) call.arguments().get(0).value(), context)
                    : plainFunction(name, call, context);
        } catch (BadValue bad) {
            run.fault(bad.at(call.span()), context);
            return Value.unknown();
        }
    }

    private Value roundedQuotient(String name, Expression.Binary quotient, Context context) throws BadValue {
        Value left = evaluator.evaluate(quotient.left(), context);
        Value right = evaluator.evaluate(quotient.right(), context);
        if (left.isUnknown() || right.isUnknown()) {
            return Value.unknown();
        }
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return Functions.roundedQuotient(name, a.value(), b.value());
        }
        return functions.call(name, List.of(Arithmetic.binary(BinaryOperator.DIVIDE, left, right)));
    }

    private Value plainFunction(String name, Expression.Call call, Context context) throws BadValue {
        List<Value> values = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            argument.name().ifPresent(given -> run.fault(ValueFaults.unnamed(name, given), context));
            values.add(evaluator.evaluate(argument.value(), context));
        }
        return values.stream().anyMatch(Value::isUnknown) ? Value.unknown() : functions.call(name, values);
    }

    /** What a call comes to whose callee is not known: its arguments may hold faults of their own. */
    private Value unknown(Expression.Call call, Context context) {
        call.arguments().forEach(argument -> evaluator.evaluate(argument.value(), context));
        return Value.unknown();
    }
}
