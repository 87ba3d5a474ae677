package dev.fovea.maven;

import dev.fovea.compiler.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Which models become classes.
 *
 * @param names with their packages; all models where there are none
 */
record ChosenModels(List<String> names) {
    /** Copies the list. */
    ChosenModels {
        names = List.copyOf(names);
    }

    /**
     * Those of the models that are chosen, in their order.
     *
     * @param others the names of models that are not looked at this time
     * @throws MojoFailureException when a name is no model's
     */
    List<Graph> of(List<Graph> models, List<String> others) throws MojoFailureException {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(others);
        unknown.removeAll(models.stream().map(Graph::qualifiedName).toList());
        if (!unknown.isEmpty()) {
            throw new MojoFailureException("there is no model " + String.join(", ", unknown)
                    + " in the .cnn files; <models> takes names with their package, as std.resnet.ResNet18");
        }
        return models.stream()
                .filter(model -> names.isEmpty() || names.contains(model.qualifiedName()))
                .toList();
    }
}
