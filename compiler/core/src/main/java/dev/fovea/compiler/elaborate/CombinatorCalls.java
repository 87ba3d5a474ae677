package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.BuiltIns;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.SharedParameters;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.RepeatedStage;
import dev.fovea.compiler.value.StageValue.SharedStage;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code repeat(n, stage)} and {@code share(stage)}, with or without the tensor in front. */
final class CombinatorCalls {
    private final Evaluator evaluator;
    private final Applications applications;
    private final ModelRun run;

    CombinatorCalls(Evaluator evaluator, Applications applications, ModelRun run) {
        this.evaluator = evaluator;
        this.applications = applications;
        this.run = run;
    }

    Value repeat(Expression.Call call, Context context) {
        List<Value> values = evaluate(BuiltIns.REPEAT, call, context);
        Optional<Value> input = leadingTensor(values);
        if (!hasCount(BuiltIns.REPEAT, "a count and a stage", values, 2, call, context)) {
            return Value.unknown();
        }
        Expression countExpression =
                call.arguments().get(call.arguments().size() - 2).value();
        Value count = values.get(0);
        if (!(count instanceof Value.Int number) || number.value() < 0) {
            if (!count.isUnknown()) {
                run.fault(ValueFaults.badCount(count, countExpression.span()), context);
            }
            return Value.unknown();
        }
        return stage(values.get(1), call, context)
                .map(stage -> result(new RepeatedStage(number.value(), stage, call.span()), input, call, context))
                .orElse(Value.unknown());
    }

    Value share(Expression.Call call, Context context) {
        List<Value> values = evaluate(BuiltIns.SHARE, call, context);
        Optional<Value> input = leadingTensor(values);
        if (!hasCount(BuiltIns.SHARE, "a stage", values, 1, call, context)) {
            return Value.unknown();
        }
        return stage(values.get(0), call, context)
                .map(stage -> result(new SharedStage(stage, new SharedParameters(), call.span()), input, call, context))
                .orElse(Value.unknown());
    }

    private Value result(StageValue stage, Optional<Value> input, Expression.Call call, Context context) {
        return input.map(tensor -> applications.apply(stage, tensor, Optional.empty(), call.span(), context))
                .orElse(stage);
    }

    private List<Value> evaluate(String name, Expression.Call call, Context context) {
        List<Value> values = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            argument.name().ifPresent(given -> run.fault(ValueFaults.unnamed(name, given), context));
            values.add(evaluator.evaluateStage(argument.value(), context));
        }
        return values;
    }

    private static Optional<Value> leadingTensor(List<Value> values) {
        return !values.isEmpty() && values.get(0) instanceof Value.Tensor
                ? Optional.of(values.remove(0))
                : Optional.empty();
    }

    private boolean hasCount(
            String name, String wanted, List<Value> values, int count, Expression.Call call, Context context) {
        if (values.size() == count) {
            return true;
        }
        if (values.stream().noneMatch(Value::isUnknown)) {
            run.fault(ValueFaults.combinator(name, wanted, call.span()), context);
        }
        return false;
    }

    private Optional<StageValue> stage(Value value, Expression.Call call, Context context) {
        if (value instanceof StageValue stage) {
            return Optional.of(stage);
        }
        if (!value.isUnknown()) {
            Argument last = call.arguments().get(call.arguments().size() - 1);
            run.fault(ValueFaults.needsStage(value, last.value().span()), context);
        }
        return Optional.empty();
    }
}
