package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.DeviceInfo;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea bench}: how fast a model runs, on random data that is already in memory. */
@Command(
        name = "bench",
        description = {
            "Measures how fast a model trains or infers, on random data that is already in memory.",
            "The speed is the median over windows of steps, after a warm-up. A training step is forward, loss, backward and"
                    + " update, by the model's recipe, or else cross-entropy of the first output and SGD with momentum 0.9."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelFile file = new ModelFile();

    @Mixin
    private final RecipeOption recipe = new RecipeOption();

    @Mixin
    private final DeviceOptions deviceOptions = new DeviceOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--batch", required = true, paramLabel = "N", description = "Samples in a step.")
    private int batch;

    @Option(names = "--mode", required = true, paramLabel = "train|infer", description = "train or infer.")
    @SuppressWarnings("NullAway.Init") // required
    private Bench.Mode mode;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "How long to measure, warm-up not included; 5 by default.")
    private double seconds;

    @Option(
            names = "--profile",
            description =
                    "Then also show where the time goes: what each kernel takes, beside the arithmetic and the memory"
                            + " traffic it cannot do without; on the CPU by layers too.")
    private boolean profile;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (batch < 1) {
            throw new UsageException("--batch must be at least 1, not " + batch);
        }
        if (!(seconds > 0)) {
            throw new UsageException("--seconds must be above 0, not " + seconds);
        }
        DeviceInfo device = deviceOptions.device();
        int threads = deviceOptions.threads();
        Graph graph = file.graph(console);
        Bench bench = new Bench(graph, LoadedModel.of(graph), mode, recipe.name(), batch, profile);
        report(bench.run(device.id(), threads, seconds), device, threads);
        return ExitStatus.OK;
    }

    private void report(Bench.Result result, DeviceInfo device, int threads) {
        if (format.json()) {
            JsonWriter json = new JsonWriter().beginObject();
            json.name("images_per_s").value(result.imagesPerSecond());
            json.name("ms_per_step").value(result.millisecondsPerStep());
            json.name("gflops").value(result.gigaflops());
            json.name("processor_ms_per_step").value(result.processorMilliseconds());
            json.name("busy").value(result.busy());
            json.name("allocated_bytes_per_step").value(result.allocatedBytes());
            json.name("peak_rss_bytes").value(result.peakBytes());
            json.name("device").value(device.id());
            json.name("threads").value(threads);
            result.profile().ifPresent(found -> found.write(json));
            console.out().println(json.endObject());
            return;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%.1f images/s, %.3f ms a step, %.1f GFLOP/s, %d MiB at most, on %s with %d threads%n"
                                + "%.3f ms of processors a step, %.0f %% of the threads' time; %d B of the heap a step%n",
                        result.imagesPerSecond(),
                        result.millisecondsPerStep(),
                        result.gigaflops(),
                        result.peakBytes() >> 20,
                        device.id(),
                        threads,
                        result.processorMilliseconds(),
                        100 * result.busy(),
                        result.allocatedBytes());
        result.profile().ifPresent(found -> console.out().print("\n" + found.text()));
    }
}
