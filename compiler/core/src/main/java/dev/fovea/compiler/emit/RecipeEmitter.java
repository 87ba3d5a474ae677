package dev.fovea.compiler.emit;

import com.palantir.javapoet.TypeSpec;
import dev.fovea.compiler.graph.Graph;
import java.util.Optional;

/** The recipes of a model as constants. */
final class RecipeEmitter {
    private RecipeEmitter() {}

    static Optional<TypeSpec> recipes(Graph graph) {
        return Optional.empty();
    }
}
