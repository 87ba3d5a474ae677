package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.syntax.TypeReference;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a value is of a type. */
final class Types {
    private Types() {}

    /** The value as one of the type: an int serves as a float, a tuple as a list; empty when it is none. */
    static Optional<Value> conform(Value value, TypeReference type, Budget budget) {
        budget.step();
        if (value.isUnknown()) {
            return Optional.of(value);
        }
        if (type instanceof TypeReference.ListOf list) {
            return value instanceof Value.Items items ? elements(items, list.element(), budget) : Optional.empty();
        }
        boolean conforms =
                switch (((TypeReference.Simple) type).kind()) {
                    case INT -> value instanceof Value.Int;
                    case FLOAT -> value.isNumber();
                    case BOOL -> value instanceof Value.Bool;
                    case STRING -> value instanceof Value.Text;
                    case BLOCK -> value instanceof StageValue;
                };
        if (!conforms) {
            return Optional.empty();
        }
        boolean widens = ((TypeReference.Simple) type).kind() == TypeReference.Kind.FLOAT && value instanceof Value.Int;
        return Optional.of(widens ? new Value.Real(Arithmetic.real(value)) : value);
    }

    private static Optional<Value> elements(Value.Items items, TypeReference element, Budget budget) {
        List<Value> conforming = new ArrayList<>(items.elements().size());
        for (Value value : items.elements()) {
            Optional<Value> one = conform(value, element, budget);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            conforming.add(one.get());
        }
        return Optional.of(Value.Items.list(conforming));
    }

    /** The type in a message: {@code an int}, {@code a list of ints}. */
    static String described(TypeReference type) {
        if (type instanceof TypeReference.ListOf list) {
            return list.element() instanceof TypeReference.Simple simple
                    ? "a list of " + plural(simple.kind())
                    : "a list of lists, `" + type + "`";
        }
        return switch (((TypeReference.Simple) type).kind()) {
            case INT -> "an int";
            case FLOAT -> "a float";
            case BOOL -> "true or false";
            case STRING -> "a string";
            case BLOCK -> "a block or a stage";
        };
    }

    private static String plural(TypeReference.Kind kind) {
        return switch (kind) {
            case INT -> "ints";
            case FLOAT -> "floats";
            case BOOL -> "bools";
            case STRING -> "strings";
            case BLOCK -> "blocks";
        };
    }
}
