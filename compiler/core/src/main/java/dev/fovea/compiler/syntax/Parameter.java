package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.Optional;

/**
 * A parameter of a function, block or model.
 *
 * @param name its name
 * @param type its type; absent for the tensors that a block takes first, present everywhere else
 * @param defaultValue its default, which may use earlier parameters; only where there is a type
 * @param span all of it
 */
public record Parameter(Identifier name, Optional<TypeReference> type, Optional<Expression> defaultValue, Span span)
        implements Node {

    /** Whether it takes a tensor. */
    public boolean isTensor() {
        return type.isEmpty();
    }
}
