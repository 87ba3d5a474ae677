package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.NameFaults;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds the arguments of one call to the parameters of a function, block or model, and gives the others their defaults. */
final class ParameterBinder {
    /** What a call costs beside its arguments and body. */
    private static final long COST = 10;

    private final Evaluator evaluator;
    private final ModelRun run;

    ParameterBinder(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
    }

    /**
     * The arguments of a call.
     *
     * @param values of the parameters that are given, by name; unknown where an argument is at fault
     * @param origins where those come from that can be figures
     * @param tensors how many tensors were given without a name
     */
    record Given(Map<String, Value> values, Map<String, Origin> origins, int tensors) {}

    /**
     * Evaluates the arguments. Tensors given without a name are bound from the last tensor parameter backwards when fewer
     * are given than there are: what lacks is the first, which a pipeline passes.
     */
    Given evaluate(String kind, String name, List<Parameter> parameters, List<Argument> arguments, Context context) {
        run.budget().steps(COST);
        List<Value> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(evaluator.evaluate(argument.value(), context)));
        List<Parameter> tensors =
                parameters.stream().filter(Parameter::isTensor).toList();
        List<Parameter> typed =
                parameters.stream().filter(parameter -> !parameter.isTensor()).toList();
        int positional =
                (int) arguments.stream().filter(a -> a.name().isEmpty()).count();
        int leading = leadingTensors(values.subList(0, positional), tensors.size(), typed.size());
        Map<String, Value> bound = new HashMap<>();
        Map<String, Origin> origins = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            Span at = argument.value().span();
            Value value = values.get(i);
            if (argument.name().isPresent()) {
                named(kind, name, parameters, argument.name().get(), value, at, bound, context);
                origins.putIfAbsent(argument.name().get().name(), origin(at, context));
            } else if (i < leading) {
                bind(tensors.get(tensors.size() - leading + i), value, at, bound, context);
            } else if (i - leading < typed.size()) {
                bind(typed.get(i - leading), value, at, bound, context);
                origins.put(typed.get(i - leading).name().name(), origin(at, context));
            } else if (i - leading == typed.size()) {
                run.fault(ValueFaults.tooManyArguments(kind, name, typed.size(), at), context);
            }
        }
        return new Given(bound, origins, leading);
    }

    private static Origin origin(Span at, Context context) {
        return new Origin(Origin.Kind.ARGUMENT, at, Optional.of(context.scope()));
    }

    private static int leadingTensors(List<Value> positional, int tensors, int typed) {
        int leading = 0;
        while (leading < Math.min(tensors, positional.size())
                && mayBeTensor(positional.get(leading), positional.size() - leading > typed)) {
            leading++;
        }
        return leading;
    }

    /** Whether a value is for a tensor: it is one, or there are too many for all to be for something else. */
    private static boolean mayBeTensor(Value value, boolean isSurplus) {
        return value instanceof Value.Tensor || (isSurplus && (value.isUnknown() || value instanceof StageValue));
    }

    private void named(
            String kind,
            String callee,
            List<Parameter> parameters,
            Identifier name,
            Value value,
            Span at,
            Map<String, Value> bound,
            Context context) {
        Optional<Parameter> parameter = parameters.stream()
                .filter(one -> one.name().name().equals(name.name()))
                .findFirst();
        if (parameter.isEmpty()) {
            List<String> known =
                    parameters.stream().map(one -> one.name().name()).toList();
            run.fault(NameFaults.unknownArgument(name, kind, callee, known), context);
            // What was likely meant is not missing as well.
            Nearest.to(name.name(), known).forEach(near -> bound.putIfAbsent(near, Value.unknown()));
        } else if (bound.containsKey(name.name())) {
            run.fault(ValueFaults.argumentTwice(name), context);
        } else {
            bind(parameter.get(), value, at, bound, context);
        }
    }

    private void bind(Parameter parameter, Value value, Span at, Map<String, Value> bound, Context context) {
        bound.put(parameter.name().name(), conform(parameter, value, at, context));
    }

    /** A value as one of the parameter's type; unknown when it is none, which is reported. */
    Value conform(Parameter parameter, Value value, Span at, Context context) {
        if (parameter.type().isEmpty()) {
            if (value instanceof Value.Tensor || value.isUnknown()) {
                return value;
            }
            run.fault(ValueFaults.needsTensor(value, at), context);
            return Value.unknown();
        }
        Optional<Value> conforming = Types.conform(value, parameter.type().get(), run.budget());
        if (conforming.isEmpty()) {
            run.fault(
                    ValueFaults.parameterType(
                            parameter.name().name(), parameter.type().get(), value, at),
                    context);
        }
        return conforming.orElse(Value.unknown());
    }

    /** Reports the typed parameters that have neither an argument nor a default. */
    void requireAll(String kind, String name, List<Parameter> parameters, Given given, Span at, Context context) {
        List<String> missing = parameters.stream()
                .filter(parameter ->
                        !parameter.isTensor() && parameter.defaultValue().isEmpty())
                .map(parameter -> parameter.name().name())
                .filter(parameter -> !given.values().containsKey(parameter))
                .toList();
        if (!missing.isEmpty()) {
            run.fault(ValueFaults.missingParameters(kind, name, missing, at), context);
        }
    }

    /** Defines all parameters in a body: given values, defaults, which may use earlier ones, or unknown. */
    void define(List<Parameter> parameters, Map<String, Value> values, Map<String, Origin> origins, Context inside) {
        Scope scope = inside.scope();
        for (Parameter parameter : parameters) {
            String name = parameter.name().name();
            Value given = values.get(name);
            Origin origin = origins.get(name);
            if (given != null && origin != null) {
                scope.define(name, given, origin);
            } else if (given != null) {
                scope.define(name, given);
            } else if (parameter.defaultValue().isPresent()) {
                Expression fallback = parameter.defaultValue().get();
                Value value = conform(parameter, evaluator.evaluate(fallback, inside), fallback.span(), inside);
                scope.define(name, value, new Origin(Origin.Kind.DEFAULT, fallback.span(), Optional.of(scope)));
            } else {
                scope.define(name, Value.unknown());
            }
        }
    }
}
