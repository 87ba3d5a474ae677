package dev.fovea.testkit;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An operator as a call of the language: the record's components are the arguments, in order. */
final class OperatorCall {
    private OperatorCall() {}

    static String of(Op op) {
        RecordComponent[] components = op.getClass().getRecordComponents();
        List<Attribute> attributes = op.def().signature().attributes();
        if (components.length != attributes.size()) {
            throw new AssertionError(op.name() + " has other arguments than components");
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            String value = value(read(op, components[i]));
            Attribute attribute = attributes.get(i);
            Optional<String> fallback = attribute.fallback().map(OperatorCall::value);
            if (attribute.isRequired()) {
                arguments.add(arguments.size() == i ? value : attribute.name() + "=" + value);
            } else if (!fallback.equals(Optional.of(value)) && !isSameAs(op, attribute, components, value)) {
                arguments.add(attribute.name() + "=" + value);
            }
        }
        return arguments.isEmpty() ? op.name() : op.name() + "(" + String.join(", ", arguments) + ")";
    }

    private static boolean isSameAs(Op op, Attribute attribute, RecordComponent[] components, String value) {
        for (RecordComponent component : components) {
            if (attribute.sameAs().equals(Optional.of(component.getName()))) {
                return value(read(op, component)).equals(value);
            }
        }
        return false;
    }

    /** The value of an argument. */
    static Object read(Op op, RecordComponent component) {
        try {
            return component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component.toString(), e);
        }
    }

    static String value(Object value) {
        if (value instanceof Float number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Op op) {
            return of(op);
        }
        if (value instanceof List<?> one && one.size() == 1) {
            return value(one.get(0)); // what stands for itself may be written without brackets
        }
        if (value instanceof Enum<?> || value instanceof String) {
            return '"' + value.toString().toLowerCase(Locale.ROOT) + '"';
        }
        return value.equals(Initializer.DEFAULT) ? "PyTorch's" : value.toString();
    }
}
