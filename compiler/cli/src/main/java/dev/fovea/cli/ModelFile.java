package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.FoveaException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A {@code .cnn} file, and which of its models is meant. */
final class ModelFile {
    @Parameters(paramLabel = "FILE", description = "The .cnn file.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Option(names = "--model", paramLabel = "M", defaultValue = "", description = "Which of the file's models.")
    private String model = "";

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    /** The models that are meant: the one of the option, or all. */
    List<Graph> graphs(Console console) throws FoveaException {
        return chosen(sources.require(List.of(file), model, console));
    }

    /** The one model that is meant, generated, compiled and loaded; where an earlier start has kept it, without parsing the file. */
    LoadedModel load(Console console) throws FoveaException {
        Optional<KeptModel> kept = KeptModel.of(file, model, sources);
        Optional<LoadedModel> known = kept.flatMap(KeptModel::find);
        if (known.isPresent()) {
            return known.get();
        }
        CheckResult result = sources.require(List.of(file), model, console);
        LoadedModel loaded = LoadedModel.of(only(chosen(result)));
        if (result.diagnostics().isEmpty()) { // what there is to say is said at every start
            kept.ifPresent(call -> call.keep(loaded, result.sources()));
        }
        return loaded;
    }

    /** The one model that is meant. */
    Graph graph(Console console) throws FoveaException {
        return only(graphs(console));
    }

    private Graph only(List<Graph> graphs) throws FoveaException {
        if (graphs.size() > 1) {
            throw new UsageException(
                    file + " has " + graphs.size() + " models",
                    "choose one with --model: " + ModelChoice.names(graphs));
        }
        return graphs.get(0);
    }

    /**
     * The model that a run was made of, as its source is now.
     *
     * @throws FoveaException where that is at fault, or has no such model
     */
    static Graph graph(RunNotes notes, Console console) throws FoveaException {
        ModelFile meant = new ModelFile();
        meant.file = notes.file();
        meant.model = notes.model();
        meant.sources.set(notes.roots(), notes.parameters());
        return meant.graph(console);
    }

    /** What a run's folder keeps of the call. */
    RunNotes notes(String name, String recipe, Path data) {
        return new RunNotes(file, name, recipe, data, sources.roots(), sources.parameters());
    }

    private List<Graph> chosen(CheckResult result) throws FoveaException {
        return ModelChoice.of(file, model, result);
    }
}
