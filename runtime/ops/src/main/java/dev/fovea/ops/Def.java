package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A named constructor: what an optimizer, schedule, metric, augmentation or initialiser of the language is.
 *
 * @param signature name, summary and arguments
 * @param notes the rule, its paper, and what differs elsewhere; may be empty
 * @param factory makes an instance of resolved arguments
 */
public record Def<T>(Signature signature, String notes, Function<Attributes, T> factory) {
    /** Begins a definition. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The name in the language. */
    public String name() {
        return signature.name();
    }

    /** An instance with the given converted arguments, see {@link Signature#resolve}. */
    public T create(Map<String, Object> given) {
        return factory.apply(signature.resolve(given));
    }

    /** A definition in the making. */
    public static final class Builder {
        private final String name;
        private String summary = "";
        private String notes = "";
        private final List<Attribute> attributes = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** A phrase in the third person. */
        public Builder summary(String text) {
            summary = text;
            return this;
        }

        /** The rule, its paper, what differs elsewhere. */
        public Builder notes(String text) {
            notes = text;
            return this;
        }

        /** An argument that must be given. */
        public Builder required(String attribute, AttributeType type, Limit limit, String text) {
            attributes.add(new Attribute(attribute, type, Optional.empty(), Optional.empty(), limit, text));
            return this;
        }

        /** An argument with a default, as a value of {@link Attributes}. */
        public Builder attribute(String attribute, AttributeType type, Object fallback, Limit limit, String text) {
            attributes.add(new Attribute(attribute, type, Optional.of(fallback), Optional.empty(), limit, text));
            return this;
        }

        /** Ends the definition. */
        public <T> Def<T> build(Function<Attributes, T> factory) {
            return new Def<>(new Signature(name, summary, attributes), notes, factory);
        }
    }
}
