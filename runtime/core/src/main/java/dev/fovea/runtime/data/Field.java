package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** One tensor that every sample of a data set has. */
public sealed interface Field {
    /** Its name, unique within the data set; a model's input or target of that name takes it. */
    String name();

    /** Its shape per sample; {@code [1]} for a single class. */
    Shape shape();

    /** Floats in one sample. */
    default int length() {
        return Math.toIntExact(shape().size());
    }

    /**
     * Numbers: a picture, a vector to regress.
     *
     * @param shape {@code [C, H, W]} for pictures, {@code [N]} for vectors
     */
    record Values(String name, Shape shape) implements Field {
        public Values {
            checkLength(name, shape);
        }
    }

    /**
     * A class, or a class at each position: whole numbers from 0, kept as floats.
     *
     * @param shape {@code [1]} for one class a sample, {@code [H, W]} for a class a pixel
     * @param names what people call the classes, in order; as many as there are classes
     */
    record Classes(String name, Shape shape, List<String> names) implements Field {
        /** The largest number of classes: whole numbers below it are exact as floats. */
        public static final int MOST = 1 << 24;

        public Classes {
            checkLength(name, shape);
            names = List.copyOf(names);
            if (names.isEmpty() || names.size() > MOST) {
                throw new IllegalArgumentException(name + " must have 1 to " + MOST + " classes, not " + names.size());
            }
        }

        /** One class a sample, the classes called by their numbers. */
        public static Classes of(String name, int count) {
            return new Classes(
                    name,
                    Shape.of(1),
                    IntStream.range(0, count).mapToObj(Integer::toString).toList());
        }

        /** The number of classes. */
        public int count() {
            return names.size();
        }
    }

    /** What the classes of the first field that has some are called; empty where there is none, or they are called by their numbers. */
    static List<String> classNames(List<Field> fields) {
        List<String> names = fields.stream()
                .filter(Classes.class::isInstance)
                .map(field -> ((Classes) field).names())
                .findFirst()
                .orElse(List.of());
        boolean numbered = IntStream.range(0, names.size())
                .allMatch(number -> names.get(number).equals(Integer.toString(number)));
        return numbered ? List.of() : names;
    }

    private static void checkLength(String name, Shape shape) {
        if (shape.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + " has " + shape.size() + " elements a sample, more than 2^31 - 1");
        }
    }
}
