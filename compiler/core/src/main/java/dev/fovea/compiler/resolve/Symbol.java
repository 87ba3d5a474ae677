package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;

/**
 * What a name of a file stands for: a declaration, here or in another file. Two symbols are the same when their declarations
 * are.
 *
 * @param file where it is declared
 * @param identifier its name there
 * @param declaration a {@link Declaration.Broken} where it could not be read or found, which has been reported
 */
public record Symbol(ResolvedFile file, Identifier identifier, Declaration declaration) {
    /** Its name where it is declared. */
    public String name() {
        return identifier.name();
    }

    /** Whether a fault that has been reported stands in its place. */
    public boolean isBroken() {
        return declaration instanceof Declaration.Broken;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Symbol symbol && declaration == symbol.declaration;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(declaration);
    }

    @Override
    public String toString() {
        return name();
    }
}
