package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Parameter;
import java.util.List;
import java.util.Optional;

/** The parameters of declarations. */
public final class Signatures {
    private Signatures() {}

    /** The parameters of what can have some: a function, block or model. */
    public static Optional<List<Parameter>> parameters(Declaration declaration) {
        if (declaration instanceof Declaration.Function function) {
            return Optional.of(function.parameters());
        }
        if (declaration instanceof Declaration.Block block) {
            return Optional.of(block.parameters());
        }
        if (declaration instanceof Declaration.Model model) {
            return Optional.of(model.parameters());
        }
        if (declaration instanceof Declaration.ModelInstance instance) {
            return Optional.of(instance.parameters());
        }
        return Optional.empty();
    }

    /** Whether a model becomes a class: all its parameters have defaults. */
    public static boolean isConcrete(Declaration model) {
        return parameters(model).orElse(List.of()).stream()
                .allMatch(parameter -> parameter.defaultValue().isPresent());
    }
}
