package dev.fovea.compiler.value;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.List;

/** The value of an expression at compile time. */
public sealed interface Value
        permits Value.Int,
                Value.Real,
                Value.Bool,
                Value.Text,
                Value.Items,
                Value.Filling,
                Value.Tensor,
                Value.Layer,
                Value.Unknown,
                StageValue {

    /** An {@code int}. */
    record Int(long value) implements Value {}

    /** A {@code float}, always finite. */
    record Real(double value) implements Value {}

    /** A {@code bool}. */
    record Bool(boolean value) implements Value {}

    /** A {@code string}. */
    record Text(String value) implements Value {}

    /**
     * A list {@code [a, b]} or a tuple {@code (a, b)}.
     *
     * @param depth how deeply lists are nested: 1 for a list of numbers
     */
    record Items(List<Value> elements, boolean isTuple, int depth) implements Value {
        /** Copies the list. */
        public Items {
            elements = List.copyOf(elements);
        }

        /** A list. */
        public static Items list(List<? extends Value> elements) {
            return new Items(List.copyOf(elements), false, depthOver(elements));
        }

        /** A tuple. */
        public static Items tuple(List<? extends Value> elements) {
            return new Items(List.copyOf(elements), true, depthOver(elements));
        }

        private static int depthOver(List<? extends Value> elements) {
            int deepest = 0;
            for (Value element : elements) {
                if (element instanceof Items items) {
                    deepest = Math.max(deepest, items.depth());
                }
            }
            return deepest + 1;
        }
    }

    /** How a parameter is filled: {@code he_normal}, {@code normal(0, 0.01)}. */
    record Filling(Initializer initializer) implements Value {}

    /**
     * A tensor of the network.
     *
     * @param node the place of the node that gives it
     * @param shape per sample
     */
    record Tensor(int node, Shape shape) implements Value {}

    /**
     * A layer that an argument names by its label.
     *
     * @param name its whole dotted name
     * @param inputs what it reads
     */
    record Layer(String name, Op op, List<Tensor> inputs) implements Value {
        /** Copies the list. */
        public Layer {
            inputs = List.copyOf(inputs);
        }
    }

    /** What stands for a value that could not be found: its fault is reported, and whatever depends on it is none. */
    enum Unknown implements Value {
        /** The one there is. */
        INSTANCE
    }

    /** See {@link Unknown}. */
    static Value unknown() {
        return Unknown.INSTANCE;
    }

    /** Whether it is an {@code int} or a {@code float}. */
    default boolean isNumber() {
        return this instanceof Int || this instanceof Real;
    }

    /** Whether it stands for a fault that has been reported. */
    default boolean isUnknown() {
        return this instanceof Unknown;
    }
}
