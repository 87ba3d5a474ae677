package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea summary}: a model's layers as a table, with what they cost. */
@Command(
        name = "summary",
        description = {
            "Shows a model as a table of its layers, with parameters, multiply-adds (MACs) and memory.",
            "MACs are those of convolutions and dense layers, biases not counted. The memory of a layer is that of its"
                    + " output for one sample; the memory of a batch is what is really allocated; with --device, the"
                    + " workspace of that device's kernels included, for which the model is built there. The field is the receptive"
                    + " field: how many rows and columns of the input one element sees."
        })
final class SummaryCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelFile file = new ModelFile();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batch for the memory; 1 by default.")
    private int batch = 1;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Levels of blocks that are opened; by default as many as give a table of a page.")
    private @Nullable Integer depth;

    @Option(
            names = "--plan",
            description = "Show also how it runs: what is fused, by which algorithm each convolution is computed, and"
                    + " where in memory outputs lie.")
    private boolean plan;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Counts the workspace that kernels take on this device: cpu, opencl, opencl:N or best; no device"
                            + " by default. `fovea devices` lists them.")
    private @Nullable String device;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (batch < 1) {
            throw new UsageException("--batch must be at least 1, not " + batch);
        }
        if (depth != null && depth < 0) {
            throw new UsageException("--depth must be at least 0, not " + depth);
        }
        int opened = depth == null ? -1 : depth;
        int width = console.width();
        List<Summary> summaries = new ArrayList<>();
        for (Graph graph : file.graphs(console)) {
            summaries.add(new Summary(graph, batch, memory(graph), plan));
        }
        if (!format.json()) {
            console.out()
                    .print(summaries.stream()
                            .map(summary -> summary.text(opened, width))
                            .collect(Collectors.joining("\n")));
            return ExitStatus.OK;
        }
        JsonWriter json = new JsonWriter();
        if (summaries.size() == 1) {
            summaries.get(0).write(json);
        } else {
            json.beginArray();
            summaries.forEach(summary -> summary.write(json));
            json.endArray();
        }
        console.out().println(json);
        return ExitStatus.OK;
    }

    private ModelMemory memory(Graph graph) throws FoveaException {
        ModelMemory planned = ModelMemory.of(graph, batch);
        if (device == null) {
            return planned;
        }
        String id = DeviceOptions.find(device).id();
        return planned.on(id, threads.value(), LoadedModel.of(graph), batch);
    }
}
