package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Statement;
import java.util.Optional;

/** The name that a statement adds to its body. */
final class BodyNames {
    private BodyNames() {}

    static Optional<Identifier> definedBy(Statement statement) {
        if (statement instanceof Statement.Let let) {
            return Optional.of(let.name());
        }
        if (statement instanceof Statement.Input input) {
            return Optional.of(input.name());
        }
        if (statement instanceof Statement.Output output) {
            return Optional.of(output.name());
        }
        return Optional.empty();
    }
}
