package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of argument. A value of the language reaches {@link #convert} as Long, Double, Boolean, String, {@code List} of
 * these (a list or a tuple) or {@link Initializer}, and leaves as what {@link Attributes} hands out.
 *
 * @param text what is wanted, to follow "must be": {@code a whole number}
 * @param words the words that may be written without quotes where this type is wanted; empty for most
 * @param namesLayer whether a bare name is the label of a layer in the same scope, which the converter gets as a
 *     {@link Layer}
 */
public record AttributeType(
        String text, List<String> words, Function<Object, Optional<Object>> converter, boolean namesLayer) {
    /** A whole number that fits 32 bits. */
    public static final AttributeType INT = of("a whole number", AttributeType::integer);
    /** A number; a whole one serves. */
    public static final AttributeType FLOAT = of("a number", AttributeType::real);
    /** {@code true} or {@code false}. */
    public static final AttributeType BOOL =
            of("true or false", raw -> raw instanceof Boolean ? Optional.of(raw) : Optional.empty());
    /** A string. */
    public static final AttributeType TEXT =
            of("a string", raw -> raw instanceof String ? Optional.of(raw) : Optional.empty());
    /** A whole number for both axes, or a pair (height, width). */
    public static final AttributeType PAIR = of("a whole number or a pair (height, width)", AttributeType::pair);
    /** What a convolution's padding may be. */
    public static final AttributeType PADDING = of(
            "a whole number, a pair (height, width), four sides (top, bottom, left, right), \"same\" or \"valid\"",
            AttributeType::padding);
    /** Amounts on the four sides of an image: padding without a rule. */
    public static final AttributeType SIDES =
            of("a whole number, a pair (height, width) or four sides (top, bottom, left, right)", AttributeType::sides);
    /** Amounts at both ends of an axis. */
    public static final AttributeType ENDS = of("a whole number or a pair (before, after)", AttributeType::ends);
    /** A list of whole numbers. */
    public static final AttributeType INTS = of("a list of whole numbers", raw -> list(raw, AttributeType::integer));
    /** A list of numbers. */
    public static final AttributeType FLOATS = of("a list of numbers", raw -> list(raw, AttributeType::real));
    /** A list of lists of whole numbers: a connection table. */
    public static final AttributeType INT_LISTS =
            of("a list of lists of whole numbers", raw -> list(raw, inner -> list(inner, AttributeType::integer)));
    /** An initialiser. */
    public static final AttributeType INITIALIZER = of(
            "an initialiser, such as he_normal or normal(0, 0.01)",
            raw -> raw instanceof Initializer ? Optional.of(raw) : Optional.empty());

    /** An axis of a sample: a whole number from 0, or the name of one of an image's. */
    public static final AttributeType AXIS = new AttributeType(
            "an axis: channels, height, width or a whole number from 0",
            List.of("channels", "height", "width"),
            AttributeType::axis);

    /** A type of values that are not labels of layers. */
    public AttributeType(String text, List<String> words, Function<Object, Optional<Object>> converter) {
        this(text, words, converter, false);
    }

    /**
     * The label of a layer in the same scope, as a bare name.
     *
     * @param text what is wanted, to follow "must be"
     * @param converter takes what it needs of the layer; empty for one of the wrong kind
     */
    static AttributeType layer(String text, Function<Layer, Optional<Object>> converter) {
        return new AttributeType(
                text, List.of(), raw -> raw instanceof Layer layer ? converter.apply(layer) : Optional.empty(), true);
    }

    /** One of a few words: a string of the language, or the bare word where the caller allows it. */
    public static AttributeType oneOf(String... words) {
        List<String> all = List.of(words);
        String text = "one of \"" + String.join("\", \"", all) + "\"";
        return new AttributeType(
                text,
                all,
                raw -> raw instanceof String word && all.contains(word) ? Optional.of(word) : Optional.empty());
    }

    /** The words that a string of this type may be; empty where any string or none will do. */
    public List<String> choices() {
        return equals(PADDING) ? List.of("same", "valid") : words;
    }

    /** The value as {@link Attributes} will hand it out; empty when it is of another kind. */
    public Optional<Object> convert(Object raw) {
        return converter.apply(raw);
    }

    private static AttributeType of(String text, Function<Object, Optional<Object>> converter) {
        return new AttributeType(text, List.of(), converter);
    }

    private static Optional<Object> integer(Object raw) {
        if (raw instanceof Long value && value == value.intValue()) {
            return Optional.of(value.intValue());
        }
        return Optional.empty();
    }

    private static Optional<Object> real(Object raw) {
        if ((raw instanceof Long || raw instanceof Double) && Float.isFinite(((Number) raw).floatValue())) {
            return Optional.of(((Number) raw).floatValue());
        }
        return Optional.empty();
    }

    private static Optional<Object> axis(Object raw) {
        int named = raw instanceof String word
                ? List.of("channels", "height", "width").indexOf(word)
                : -1;
        return named >= 0 ? Optional.of(named) : integer(raw);
    }

    private static Optional<Object> pair(Object raw) {
        if (raw instanceof List<?> both) {
            return both.size() == 2 ? integers(both).map(n -> new Pair(n.get(0), n.get(1))) : Optional.empty();
        }
        return integer(raw).map(n -> Pair.square((Integer) n));
    }

    private static Optional<Object> ends(Object raw) {
        return pair(raw).map(both -> new Ends(((Pair) both).height(), ((Pair) both).width()));
    }

    private static Optional<Object> padding(Object raw) {
        if (raw instanceof String word) {
            return switch (word) {
                case "same" -> Optional.of(new Padding(Padding.Mode.SAME, 0, 0, 0, 0));
                case "valid" -> Optional.of(new Padding(Padding.Mode.VALID, 0, 0, 0, 0));
                default -> Optional.empty();
            };
        }
        return sides(raw);
    }

    private static Optional<Object> sides(Object raw) {
        if (raw instanceof List<?> sides) {
            return integers(sides).flatMap(n -> switch (n.size()) {
                case 2 -> Optional.of(Padding.of(n.get(0), n.get(0), n.get(1), n.get(1)));
                case 4 -> Optional.of(Padding.of(n.get(0), n.get(1), n.get(2), n.get(3)));
                default -> Optional.empty();
            });
        }
        return integer(raw).map(n -> Padding.all((Integer) n));
    }

    private static Optional<List<Integer>> integers(List<?> raw) {
        List<Integer> all = new ArrayList<>();
        for (Object element : raw) {
            Optional<Object> converted = integer(element);
            if (converted.isEmpty()) {
                return Optional.empty();
            }
            all.add((Integer) converted.get());
        }
        return Optional.of(all);
    }

    private static Optional<Object> list(Object raw, Function<Object, Optional<Object>> element) {
        if (!(raw instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Object> all = new ArrayList<>();
        for (Object one : list) {
            Optional<Object> converted = element.apply(one);
            if (converted.isEmpty()) {
                return Optional.empty();
            }
            all.add(converted.get());
        }
        return Optional.of(List.copyOf(all));
    }
}
