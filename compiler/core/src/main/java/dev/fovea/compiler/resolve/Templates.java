package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Declaration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** From a model to the template it is an instance of. */
public final class Templates {
    private Templates() {}

    /** Whether a symbol is a model, a template or an instance of one. */
    public static boolean isModel(Symbol symbol) {
        return symbol.declaration() instanceof Declaration.Model
                || symbol.declaration() instanceof Declaration.ModelInstance;
    }

    /** What an instance names as its template, if that can be found. */
    public static Optional<Symbol> of(Symbol instance) {
        if (instance.declaration() instanceof Declaration.ModelInstance declared) {
            return instance.file().lookup(declared.template().name().name());
        }
        return Optional.empty();
    }

    /** The model with a body that a chain of instances ends in; empty after a fault that has been reported. */
    public static Optional<Symbol> root(Symbol model) {
        Set<Symbol> seen = new HashSet<>();
        Optional<Symbol> current = Optional.of(model);
        while (current.isPresent() && seen.add(current.get())) {
            if (current.get().declaration() instanceof Declaration.Model) {
                return current;
            }
            current = of(current.get());
        }
        return Optional.empty();
    }
}
