package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.runtime.FoveaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which of a file's models a call means. */
final class ModelChoice {
    private ModelChoice() {}

    /**
     * The models of a name, or all for none.
     *
     * @throws FoveaException where there is none
     */
    static List<Graph> of(Path file, String model, CheckResult result) throws FoveaException {
        if (result.models().isEmpty()) {
            throw new FoveaException(
                    file + " has no model that is complete: each has parameters without a value",
                    List.of("give them with -p name=value, or write an instance: model Mine = Template(…)"));
        }
        if (model.isEmpty()) {
            return result.models();
        }
        List<Graph> named = result.models().stream()
                .filter(graph -> graph.name().equals(model))
                .toList();
        if (named.isEmpty()) {
            List<String> help = new ArrayList<>(Nearest.help(
                    model, result.models().stream().map(Graph::name).toList()));
            help.add("its models are " + names(result.models()));
            throw new UsageException(file + " has no model `" + model + "`", help.toArray(new String[0]));
        }
        return named;
    }

    /** The names of models, for a message. */
    static String names(List<Graph> graphs) {
        return String.join(", ", graphs.stream().map(Graph::name).toList());
    }
}
