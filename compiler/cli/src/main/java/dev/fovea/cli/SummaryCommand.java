package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    + " output for one sample; the memory of a batch is what a run allocates on this machine's CPU, or on"
                    + " another --device. The field is the receptive field: how many rows and columns of the input one"
                    + " element sees."
        })
final class SummaryCommand implements Callable<Integer> {
    /** Instead of a device. */
    private static final String PLAN_ALONE = "none";

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
            description =
                    "Show also how it runs when it trains and when it infers: what is done in one, by which algorithms"
                            + " this machine's CPU computes, and where in memory outputs lie.")
    private boolean plan;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Whose kernels' workspace is counted: cpu (the default), opencl, opencl:N or best, for which the"
                            + " model is built there; none for the plan alone, which is the same on every machine and what"
                            + " contracts are about. `fovea devices` lists them.")
    private @Nullable String device;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    private final Machine machine;

    SummaryCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
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
            summaries.add(new Summary(graph, batch, memory(graph), plan(graph)));
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

    /** Algorithms differ from machine to machine: the plan alone has none. */
    private Optional<PlanTable> plan(Graph graph) throws FoveaException {
        if (!plan) {
            return Optional.empty();
        }
        return Optional.of(
                PLAN_ALONE.equals(device)
                        ? new PlanTable(graph, batch)
                        : PlanTable.on(machine.with(threads.value(machine.threads())), graph, batch));
    }

    private ModelMemory memory(Graph graph) throws FoveaException {
        Machine counted = machine.with(threads.value(machine.threads()));
        if (device == null) {
            return onMachineOrPlanned(counted, graph);
        }
        if (device.equals(PLAN_ALONE)) {
            return ModelMemory.of(graph, batch);
        }
        String id = DeviceOptions.find(device, PLAN_ALONE).id();
        return id.equals("cpu")
                ? ModelMemory.on(counted, graph, batch)
                : ModelMemory.of(graph, batch).on(id, counted.threads(), LoadedModel.of(graph), batch);
    }

    /** What nobody asked for is no reason to fail: a model that no processor can hold has a summary too. */
    private ModelMemory onMachineOrPlanned(Machine counted, Graph graph) {
        try {
            return ModelMemory.on(counted, graph, batch);
        } catch (DeviceException tooLarge) {
            console.message(
                    "note: the memory of `" + graph.name() + "` is that of the plan alone: " + tooLarge.getMessage());
            return ModelMemory.of(graph, batch);
        }
    }
}
