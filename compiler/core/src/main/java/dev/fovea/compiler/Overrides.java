package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Faults;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.resolve.ResolvedProgram;
import dev.fovea.compiler.resolve.Signatures;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.TypeReference;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values that the command line gives to parameters of models. */
final class Overrides {
    private final Map<Symbol, Map<String, Value>> values = new HashMap<>();

    private Overrides() {}

    /** Finds for each value the models that have the parameter; reports what none has or can take. */
    static Overrides parse(Map<String, String> texts, ResolvedProgram program, Faults faults) {
        Overrides overrides = new Overrides();
        List<Symbol> models = program.given().stream()
                .map(ResolvedFile::models)
                .flatMap(List::stream)
                .toList();
        new TreeMap<>(texts).forEach((name, text) -> {
            Set<String> known = new TreeSet<>();
            boolean isTaken = false;
            for (Symbol model : models) {
                for (Parameter parameter : parameters(model)) {
                    known.add(parameter.name().name());
                    if (parameter.name().name().equals(name)) {
                        isTaken = true;
                        overrides.put(model, parameter, text, faults);
                    }
                }
            }
            if (!isTaken && !models.isEmpty()) {
                faults.report(unknown(name, models.get(0), known));
            }
        });
        return overrides;
    }

    /** The values for one model. */
    Map<String, Value> of(Symbol model) {
        return values.getOrDefault(model, Map.of());
    }

    /** The parameters of a model that have no value at all: it is a template. */
    static List<String> missing(Symbol model, Map<String, Value> given) {
        return parameters(model).stream()
                .filter(parameter -> parameter.defaultValue().isEmpty())
                .map(parameter -> parameter.name().name())
                .filter(name -> !given.containsKey(name))
                .toList();
    }

    private static List<Parameter> parameters(Symbol model) {
        return Signatures.parameters(model.declaration()).orElse(List.of());
    }

    private void put(Symbol model, Parameter parameter, String text, Faults faults) {
        Optional<Value> value = parameter.type().flatMap(type -> value(text.strip(), type));
        if (value.isEmpty()) {
            faults.report(Diagnostic.of(
                            Code.UNKNOWN_OVERRIDE,
                            parameter.span(),
                            "`" + parameter.name().name() + "` cannot be `" + text + "`")
                    .label("its type is "
                            + parameter.type().map(Object::toString).orElse("")));
        }
        values.computeIfAbsent(model, key -> new HashMap<>())
                .put(parameter.name().name(), value.orElse(Value.unknown()));
    }

    private static Optional<Value> value(String text, TypeReference type) {
        try {
            if (type instanceof TypeReference.ListOf list) {
                return list(text, list.element());
            }
            return switch (((TypeReference.Simple) type).kind()) {
                case INT -> Optional.of(new Value.Int(Long.parseLong(text.replace("_", ""))));
                case FLOAT ->
                    Optional.<Value>of(new Value.Real(Double.parseDouble(text))).filter(Overrides::isFinite);
                case BOOL ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(new Value.Bool(text.equals("true")))
                            : Optional.empty();
                case STRING -> Optional.of(new Value.Text(text));
                case BLOCK -> Optional.empty();
            };
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean isFinite(Value value) {
        return value instanceof Value.Real real && Double.isFinite(real.value());
    }

    /** {@code [2, 2, 2]} or {@code 2,2,2}; lists of lists cannot be given so. */
    private static Optional<Value> list(String text, TypeReference element) {
        boolean hasBrackets = text.startsWith("[") && text.endsWith("]") && text.length() >= 2;
        String inner = hasBrackets ? text.substring(1, text.length() - 1) : text;
        List<Value> elements = new ArrayList<>();
        for (String part : inner.isBlank() ? new String[0] : inner.split(",", -1)) {
            Optional<Value> value =
                    element instanceof TypeReference.ListOf ? Optional.empty() : value(part.strip(), element);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            elements.add(value.get());
        }
        return Optional.of(Value.Items.list(elements));
    }

    private static Diagnostic.Builder unknown(String name, Symbol model, Set<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_OVERRIDE, model.identifier().span(), "no model has a parameter `" + name + "`")
                .label("given on the command line");
        Nearest.help(name, known).forEach(fault::help);
        return fault;
    }
}
