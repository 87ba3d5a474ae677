package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.FoveaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model as an operand of a call: {@code FILE}, or {@code FILE#MODEL} for one of several.
 *
 * @param file the file
 * @param model the name of the model; empty where the file has one
 */
record ModelOperand(Path file, String model) {
    /** Reads an operand; a file whose own name has a {@code #} is found, too. */
    static ModelOperand of(String text) {
        int mark = text.lastIndexOf('#');
        return mark < 0 || Files.exists(Path.of(text))
                ? new ModelOperand(Path.of(text), "")
                : new ModelOperand(Path.of(text.substring(0, mark)), text.substring(mark + 1));
    }

    /**
     * The model.
     *
     * @param asWritten whether its parameters keep their defaults, whatever the options say
     * @throws FoveaException where the file is faulty or leaves open which model is meant
     */
    Graph graph(SourceOptions sources, boolean asWritten, Console console) throws FoveaException {
        List<Path> files = List.of(file);
        CheckResult result =
                asWritten ? sources.requireAsWritten(files, model, console) : sources.require(files, model, console);
        List<Graph> graphs = ModelChoice.of(file, model, result);
        if (graphs.size() > 1) {
            throw new UsageException(
                    file + " has " + graphs.size() + " models",
                    "name one: " + file + "#" + graphs.get(0).name(),
                    "its models are " + ModelChoice.names(graphs));
        }
        return graphs.get(0);
    }
}
