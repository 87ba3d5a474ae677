package dev.fovea.cli;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.io.SafetensorsFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea eval}: one pass over tensors from a file, to compare with other frameworks. */
@Command(
        name = "eval",
        description = {
            "Runs a model once on tensors from a safetensors file; for comparing with other frameworks.",
            "X holds the inputs by name (a batch axis first), the parameters by name, and the targets, or `grad.OUTPUT` for"
                    + " each output that has an upstream gradient. Y gets the outputs, `loss` where X holds the targets, with"
                    + " --grad a `grad.NAME` for each parameter and input, and with --train the updated running statistics as"
                    + " `state.NAME`. Augmentation is ignored."
        })
final class EvalCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelFile file = new ModelFile();

    @Mixin
    private final RecipeOption recipe = new RecipeOption();

    @Mixin
    private final DeviceOptions deviceOptions = new DeviceOptions();

    @Option(names = "--in", required = true, paramLabel = "X", description = "The safetensors file to read.")
    @SuppressWarnings("NullAway.Init") // required
    private Path in;

    @Option(names = "--out", required = true, paramLabel = "Y", description = "The safetensors file to write.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--grad", description = "Compute the gradients too.")
    private boolean gradients;

    @Option(names = "--train", description = "As in training: statistics of the batch, dropout, train-only outputs.")
    private boolean train;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of dropout; 1 by default.")
    private long seed;

    EvalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        DeviceInfo device = deviceOptions.device();
        LoadedModel loaded = file.load(console);
        try (SafetensorsFile tensors = SafetensorsFile.open(in)) {
            Eval.Options options =
                    new Eval.Options(recipe.name(), train, gradients, device.id(), deviceOptions.threads(), seed);
            Eval.run(loaded, tensors, out, options, console);
        }
        return ExitStatus.OK;
    }
}
