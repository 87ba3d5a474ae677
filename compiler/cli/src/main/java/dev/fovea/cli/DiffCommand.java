package dev.fovea.cli;

import dev.fovea.compiler.compare.Comparison;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.io.SafetensorsFile;
import dev.fovea.runtime.model.FittingWeights;
import dev.fovea.runtime.model.ModelParameter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea diff}: what changed from one model to another. */
@Command(
        name = "diff",
        description = {
            "Shows what changed from one model to another: layers, shapes, parameters, multiply-adds (MACs), memory,"
                    + " and which weights still fit.",
            "+ is a layer that only the second model has, - one that only the first has, ~ one that is different, > one"
                    + " that stands elsewhere. Weights fit by name and shape, as --init-from of fovea train takes them.",
            "Exit status: 0 whether or not there are differences (but see --exit-code), 1 where a file is at fault, 2 where the"
                    + " call is."
        })
final class DiffCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "The first model: FILE, or FILE#MODEL where the file has several.")
    @SuppressWarnings("NullAway.Init") // required
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The second model, likewise.")
    @SuppressWarnings("NullAway.Init") // required
    private String to;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(
            names = "--first-as-written",
            description = "Keep the defaults of the first model's parameters: -p is for the second only.")
    private boolean firstAsWritten;

    @Option(
            names = "--weights",
            paramLabel = "W",
            description =
                    "Say which tensors of a .safetensors file the second model would load. Only its header is read.")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batch for the memory; 1 by default.")
    private int batch = 1;

    @Option(names = "--exit-code", description = "End with status 1 where the models differ.")
    private boolean exitCode;

    @Mixin
    private final FormatOption format = new FormatOption();

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (batch < 1) {
            throw new UsageException("--batch must be at least 1, not " + batch);
        }
        Graph first = ModelOperand.of(from).graph(sources, firstAsWritten, console);
        Graph second = ModelOperand.of(to).graph(sources, false, console);
        Comparison comparison = Comparison.of(first, second);
        Optional<FittingWeights> stored =
                weights.isEmpty() ? Optional.empty() : Optional.of(stored(weights.get(), second));
        Differences differences = new Differences(comparison, batch, weights, stored);
        if (format.json()) {
            console.out().println(DifferencesJson.of(differences));
        } else {
            console.out().print(DifferencesText.of(differences, console.width()));
        }
        return exitCode && !comparison.isSame() ? ExitStatus.INPUT : ExitStatus.OK;
    }

    private static FittingWeights stored(Path file, Graph model) throws FoveaException {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            return FittingWeights.of(
                    opened,
                    model.parameters().stream()
                            .map(one -> new ModelParameter(one.name(), one.parameter(), 0, one.trainOnly()))
                            .toList());
        }
    }
}
