package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions after a model's body has ended: for contracts and recipes. */
public final class Evaluation {
    private final Evaluator evaluator;
    private final ModelRun run;
    private final Context context;

    Evaluation(Evaluator evaluator, ModelRun run, Context context) {
        this.evaluator = evaluator;
        this.run = run;
        this.context = context;
    }

    /** The same, with other names in scope and more warnings taken back. */
    public Evaluation in(Scope scope, Set<Code> allowed) {
        return new Evaluation(evaluator, run, context.in(scope).allowing(allowed));
    }

    /** The names in scope. */
    public Scope scope() {
        return context.scope();
    }

    /** Whether a warning is meant so here. */
    public boolean allows(Code code) {
        return context.allowed().contains(code);
    }

    /** The value of an expression; {@link Value.Unknown} after a fault, which is reported. */
    public Value evaluate(Expression expression) {
        try {
            return evaluator.evaluate(expression, context);
        } catch (Halt limit) {
            run.budget().unwind();
            return Value.unknown();
        }
    }

    /** The value of an expression of a type with bounds, as {@link Attribute}; empty after a fault, which is reported. */
    public Optional<Object> evaluate(Expression expression, Attribute wanted) {
        Value value = evaluate(expression);
        if (value.isUnknown()) {
            return Optional.empty();
        }
        Optional<Object> converted = wanted.type().convert(RawValues.of(value, run.budget()));
        if (converted.isEmpty()) {
            report(ValueFaults.argumentType(wanted, value, expression.span()));
        } else if (!wanted.limit().admits(converted.get())) {
            report(ValueFaults.argumentLimit(wanted, value, expression.span()));
            return Optional.empty();
        }
        return converted;
    }

    /**
     * The converted arguments of a call; empty after a fault, which is reported.
     *
     * @param kind what is called, for messages
     */
    public Optional<Map<String, Object>> bind(Signature signature, String kind, List<Argument> arguments, Span call) {
        ArgumentBinder binder = new ArgumentBinder(signature, kind, List.of(), call, run.budget(), this::report);
        for (Argument argument : arguments) {
            Optional<Attribute> attribute =
                    argument.name().isPresent() ? argument.name().flatMap(binder::named) : binder.next();
            boolean isWord = argument.value() instanceof Expression.Name word
                    && attribute.isPresent()
                    && attribute.get().type().words().contains(word.name());
            Value value =
                    isWord ? new Value.Text(((Expression.Name) argument.value()).name()) : evaluate(argument.value());
            Span at = argument.value().span();
            argument.name().ifPresentOrElse(name -> binder.give(name, value, at), () -> binder.give(value, at));
        }
        return binder.finish();
    }

    /** Where a tensor comes from: {@code [16, 5, 5], from maxpool on line 8}. */
    public String origin(Value.Tensor tensor, Span reader) {
        return run.layers().origin(tensor, reader);
    }

    /** Reports a fault. */
    public void report(Diagnostic.Builder fault) {
        try {
            run.fault(fault, context);
        } catch (Halt limit) {
            run.budget().unwind();
        }
    }

    /** Whether errors have been reported for this model. */
    public int errors() {
        return run.faults().errors();
    }
}
