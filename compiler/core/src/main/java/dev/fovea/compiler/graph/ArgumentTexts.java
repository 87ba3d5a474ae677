package dev.fovea.compiler.graph;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The arguments of an operator as the language writes them. */
public final class ArgumentTexts {

    private ArgumentTexts() {}

    /** Each argument's value by its name, in the order of the signature. */
    public static Map<String, String> of(Op op) {
        RecordComponent[] components = op.getClass().getRecordComponents();
        List<Attribute> attributes = op.def().signature().attributes();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(components.length, attributes.size()); i++) {
            texts.put(attributes.get(i).name(), text(read(op, components[i])));
        }
        return texts;
    }

    private static Object read(Op op, RecordComponent component) {
        try {
            return component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException(op.name() + " hides its " + component.getName(), hidden);
        }
    }

    /** A value of an argument. */
    public static String text(Object value) {
        if (value instanceof Float number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Initializer filled) {
            return filled.equals(Initializer.DEFAULT)
                    ? "as usual"
                    : text(filled.kind()) + "(" + text(filled.first()) + ", " + text(filled.second()) + ")";
        }
        return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
    }
}
