package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Layer;

/** Values as {@link dev.fovea.ops.AttributeType} takes them. */
final class RawValues {
    private RawValues() {}

    /** A Long, Double, Boolean, String, list of these, initialiser or layer; what is none of these stays as it is. */
    static Object of(Value value, Budget budget) {
        return of(value, 3, budget);
    }

    private static Object of(Value value, int depth, Budget budget) {
        budget.step();
        if (value instanceof Value.Int number) {
            return number.value();
        }
        if (value instanceof Value.Real number) {
            return number.value();
        }
        if (value instanceof Value.Bool truth) {
            return truth.value();
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Filling filling) {
            return filling.initializer();
        }
        if (value instanceof Value.Layer layer) {
            return new Layer(layer.name(), layer.op());
        }
        // No argument nests lists more deeply, and a list may hold another a great many times.
        if (value instanceof Value.Items items && depth > 0) {
            return items.elements().stream()
                    .map(element -> of(element, depth - 1, budget))
                    .toList();
        }
        return value;
    }
}
