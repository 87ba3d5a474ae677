package dev.fovea.ops;

import java.util.Optional;

/**
 * One argument of an operator, optimizer or the like.
 *
 * @param name as the language writes it: {@code kernel}
 * @param type what it may be, and how a value of the language becomes one of Java
 * @param fallback the default, already converted; empty when the argument must be given or {@code sameAs} names another
 * @param sameAs the argument whose value is the default: a pooling's stride is its kernel
 * @param limit what else the value must satisfy
 * @param summary a phrase for the documentation
 */
public record Attribute(
        String name,
        AttributeType type,
        Optional<Object> fallback,
        Optional<String> sameAs,
        Limit limit,
        String summary) {

    /** Whether a call must give it. */
    public boolean isRequired() {
        return fallback.isEmpty() && sameAs.isEmpty();
    }
}
