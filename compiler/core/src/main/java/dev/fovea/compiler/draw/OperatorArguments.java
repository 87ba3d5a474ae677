package dev.fovea.compiler.draw;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Op;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is said of an operator beside its name: the arguments that are not as usual. */
final class OperatorArguments {

    private static final int LONGEST = 34;

    private OperatorArguments() {}

    /** The arguments as the language writes them, cut where they are many; empty for none. */
    static String of(Op op) {
        RecordComponent[] components = op.getClass().getRecordComponents();
        List<Attribute> attributes = op.def().signature().attributes();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < Math.min(components.length, attributes.size()); i++) {
            Attribute attribute = attributes.get(i);
            String value = value(read(op, components[i]));
            String usual = attribute.fallback().map(OperatorArguments::value).orElse("");
            if (attribute.isRequired()) {
                arguments.add(value);
            } else if (!Objects.equals(value, usual) && !isSameAs(op, attribute, components, value)) {
                arguments.add(attribute.name() + " " + value);
            }
        }
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (text.length() + argument.length() > LONGEST) {
                return text.isEmpty() ? "…" : text + ", …";
            }
            text.append(text.isEmpty() ? "" : ", ").append(argument);
        }
        return text.toString();
    }

    private static boolean isSameAs(Op op, Attribute attribute, RecordComponent[] components, String value) {
        for (RecordComponent component : components) {
            if (attribute.sameAs().filter(component.getName()::equals).isPresent()) {
                return value(read(op, component)).equals(value);
            }
        }
        return false;
    }

    private static Object read(Op op, RecordComponent component) {
        try {
            return component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException(op.name() + " hides its " + component.getName(), hidden);
        }
    }

    private static String value(Object value) {
        if (value instanceof Float number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
    }
}
