package dev.fovea.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Any value that operators and recipes are made of, as a Java expression: numbers, strings, enums, lists, maps and records
 * of these. A record that equals one of its class's public constants is written as that constant. The records are the
 * compiler's own, never the user's: reading them by reflection here is safe, and happens at compile time only.
 */
final class Literals {
    private Literals() {}

    static CodeBlock of(Object value) {
        if (value instanceof Float number) {
            return real(number);
        }
        if (value instanceof Long number) {
            return CodeBlock.of("$LL", number);
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return CodeBlock.of("$L", value);
        }
        if (value instanceof String text) {
            return CodeBlock.of("$S", text);
        }
        if (value instanceof Enum<?> constant) {
            return CodeBlock.of("$T.$L", constant.getDeclaringClass(), constant.name());
        }
        if (value instanceof Shape shape) {
            return CodeBlock.of("$T.of($L)", Shape.class, list(shape.extents()));
        }
        if (value instanceof List<?> elements) {
            return CodeBlock.of("$T.of($L)", List.class, list(elements));
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(inner -> CodeBlock.of("$T.of($L)", Optional.class, of(inner)))
                    .orElse(CodeBlock.of("$T.empty()", Optional.class));
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Parameter parameter) {
            return parameter(parameter);
        }
        if (value instanceof Record whole) {
            return record(whole);
        }
        throw new IllegalArgumentException("no literal for " + value.getClass());
    }

    /** A long that is mostly small: the suffix only where it needs one. */
    static CodeBlock offset(long floats) {
        return floats == (int) floats ? CodeBlock.of("$L", floats) : CodeBlock.of("$LL", floats);
    }

    /** The elements with commas between. */
    static CodeBlock list(List<?> elements) {
        return elements.stream().map(Literals::of).collect(CodeBlock.joining(", "));
    }

    private static CodeBlock real(float number) {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            return CodeBlock.of("$T.intBitsToFloat($L)", Float.class, Float.floatToIntBits(number));
        }
        return CodeBlock.of("$Lf", number);
    }

    private static CodeBlock map(Map<?, ?> map) {
        List<CodeBlock> entries = new ArrayList<>();
        new TreeMap<>(map).forEach((key, value) -> entries.add(CodeBlock.of("$L, $L", of(key), of(value))));
        return CodeBlock.of("$T.of($L)", Map.class, CodeBlock.join(entries, ", "));
    }

    private static CodeBlock parameter(Parameter p) {
        CodeBlock start = CodeBlock.of("$S, $L, $L", p.name(), of(p.shape()), of(p.initializer()));
        if (p.isTrainable() && p.connections().isEmpty()) {
            return CodeBlock.of("$T.trainable($L, $L, $L)", Parameter.class, start, p.fanIn(), p.fanOut());
        }
        if (p.equals(Parameter.state(p.name(), p.shape(), p.initializer()))) {
            return CodeBlock.of("$T.state($L)", Parameter.class, start);
        }
        return record(p);
    }

    private static CodeBlock record(Record whole) {
        Class<?> type = whole.getClass();
        try {
            for (Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && whole.equals(field.get(null))) {
                    return CodeBlock.of("$T.$L", type, field.getName());
                }
            }
            List<CodeBlock> arguments = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                arguments.add(of(component.getAccessor().invoke(whole)));
            }
            return CodeBlock.of("new $T($L)", type, CodeBlock.join(arguments, ", "));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no literal for " + type, e);
        }
    }
}
