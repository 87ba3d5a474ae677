package dev.fovea.compiler.parse;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a syntax tree as nested records without their places, so that tests can compare what was meant. */
public final class Structure {

    private Structure() {}

    public static String of(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(Structure::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Optional<?> optional) {
            return optional.map(Structure::of).orElse("-");
        }
        if (!(node instanceof Record)) {
            return String.valueOf(node);
        }
        StringBuilder out = new StringBuilder(node.getClass().getSimpleName()).append('(');
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            if (component.getType() != Span.class && component.getType() != SourceFile.class) {
                out.append(out.charAt(out.length() - 1) == '(' ? "" : ", ").append(of(value(node, component)));
            }
        }
        return out.append(')').toString();
    }

    private static Object value(Object node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }
}
