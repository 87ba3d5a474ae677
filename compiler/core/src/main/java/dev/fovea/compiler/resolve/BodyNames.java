package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names that statements add to their body. */
public final class BodyNames {
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

    /** The names that faulty statements of a body may have defined: those in them that nothing else defines. */
    public static Set<String> perhapsDefined(List<? extends Statement> body, ResolvedFile file) {
        Set<String> names = new LinkedHashSet<>();
        for (Statement statement : body) {
            if (statement instanceof Statement.Broken broken) {
                names.addAll(broken.words());
            }
        }
        if (!names.isEmpty()) {
            body.forEach(statement -> definedBy(statement).ifPresent(name -> names.remove(name.name())));
            names.removeIf(name -> BuiltIns.knows(name) || file.lookup(name).isPresent());
        }
        return names;
    }
}
