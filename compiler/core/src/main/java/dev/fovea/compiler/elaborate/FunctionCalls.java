package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import java.util.Optional;

/** Calls of a file's {@code fun}s. */
final class FunctionCalls {
    private final Evaluator evaluator;
    private final ModelRun run;
    private final ParameterBinder binder;

    FunctionCalls(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
        this.binder = new ParameterBinder(evaluator, run);
    }

    Value call(Symbol symbol, Declaration.Function function, Expression.Call call, Context context) {
        run.budget().steps(Budget.CALL + 3L * function.parameters().size());
        ParameterBinder.Given given =
                binder.evaluate("fun", symbol.name(), function.parameters(), call.arguments(), context);
        binder.requireAll("fun", symbol.name(), function.parameters(), given, call.span(), context);
        Context inside = context.within(new CallPath.Call(CallPath.Kind.FUNCTION, symbol.name(), "", call.span()))
                .in(Scope.of(symbol.file()));
        binder.define(function.parameters(), given.values(), given.origins(), inside);
        Value value = evaluator.evaluate(function.body(), inside);
        if (function.returnType().isEmpty() || value.isUnknown()) {
            return value;
        }
        Optional<Value> conforming = Types.conform(value, function.returnType().get(), run.budget());
        if (conforming.isEmpty()) {
            run.fault(
                    ValueFaults.resultType(
                            symbol.name(),
                            function.returnType().get(),
                            value,
                            function.body().span()),
                    inside);
        }
        return conforming.orElse(Value.unknown());
    }
}
