package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;
import java.util.Optional;

/** The name that a declaration gives to its file. */
final class DeclaredName {
    private DeclaredName() {}

    /** The name; none for recipes, which live beside the model they train. */
    static Optional<Identifier> of(Declaration declaration) {
        if (declaration instanceof Declaration.Const constant) {
            return Optional.of(constant.name());
        }
        if (declaration instanceof Declaration.Function function) {
            return Optional.of(function.name());
        }
        if (declaration instanceof Declaration.Block block) {
            return Optional.of(block.name());
        }
        if (declaration instanceof Declaration.Model model) {
            return Optional.of(model.name());
        }
        if (declaration instanceof Declaration.ModelInstance instance) {
            return Optional.of(instance.name());
        }
        if (declaration instanceof Declaration.Broken broken && broken.kind() != Declaration.Kind.TRAIN) {
            return broken.name();
        }
        return Optional.empty();
    }

    /** The keyword that opens it. */
    static String kind(Declaration declaration) {
        if (declaration instanceof Declaration.Const) {
            return "const";
        }
        if (declaration instanceof Declaration.Function) {
            return "fun";
        }
        if (declaration instanceof Declaration.Block) {
            return "block";
        }
        if (declaration instanceof Declaration.Broken broken) {
            return broken.kind().word();
        }
        return declaration instanceof Declaration.Train ? "train" : "model";
    }
}
