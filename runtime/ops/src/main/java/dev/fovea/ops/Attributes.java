package dev.fovea.ops;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The resolved arguments of one call, by name, each already converted by its {@link AttributeType}. */
public final class Attributes {
    private final Map<String, Object> values;

    Attributes(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** An {@link AttributeType#INT}. */
    public int integer(String name) {
        return get(name, Integer.class);
    }

    /** An {@link AttributeType#FLOAT}. */
    public float real(String name) {
        return get(name, Float.class);
    }

    /** An {@link AttributeType#BOOL}. */
    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    /** An {@link AttributeType#TEXT} or a word of {@link AttributeType#oneOf}. */
    public String text(String name) {
        return get(name, String.class);
    }

    /** An {@link AttributeType#PAIR}. */
    public Pair pair(String name) {
        return get(name, Pair.class);
    }

    /** An {@link AttributeType#ENDS}. */
    public Ends ends(String name) {
        return get(name, Ends.class);
    }

    /** An {@link AttributeType#PADDING} or {@link AttributeType#SIDES}. */
    public Padding padding(String name) {
        return get(name, Padding.class);
    }

    /** An {@link AttributeType#INITIALIZER}. */
    public Initializer initializer(String name) {
        return get(name, Initializer.class);
    }

    /** An {@link AttributeType#INTS}. */
    @SuppressWarnings("unchecked") // the type converted it
    public List<Integer> integers(String name) {
        return (List<Integer>) get(name, List.class);
    }

    /** An {@link AttributeType#FLOATS}. */
    @SuppressWarnings("unchecked") // the type converted it
    public List<Float> reals(String name) {
        return (List<Float>) get(name, List.class);
    }

    /** An {@link AttributeType#INT_LISTS}. */
    @SuppressWarnings("unchecked") // the type converted it
    public List<List<Integer>> integerLists(String name) {
        return (List<List<Integer>>) get(name, List.class);
    }

    /** What an {@link AttributeType#layer} took of a layer. */
    <V> V get(String name, Class<V> type) {
        return type.cast(Objects.requireNonNull(values.get(name), name));
    }
}
