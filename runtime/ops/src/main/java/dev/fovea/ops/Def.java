package dev.fovea.ops;

import java.util.Map;
import java.util.function.Function;

/** A named constructor: what an optimizer, schedule, metric, augmentation or initialiser of the language is. */
public record Def<T>(Signature signature, Function<Attributes, T> factory) {
    /** The name in the language. */
    public String name() {
        return signature.name();
    }

    /** An instance with the given converted arguments, see {@link Signature#resolve}. */
    public T create(Map<String, Object> given) {
        return factory.apply(signature.resolve(given));
    }
}
