package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Workspace;
import java.util.Optional;

/**
 * What a model allocates for a batch.
 *
 * @param place where, for people: {@code CPU, 2 threads}; empty for what is the same everywhere, the plan alone
 * @param training to train it by the most demanding of its recipes
 * @param inference to infer
 */
record ModelMemory(Optional<String> place, MemoryUse training, MemoryUse inference) {
    /** The optimizer state that is reckoned with where there is no recipe: SGD's with momentum. */
    private static final int USUAL_SLOTS = 1;

    /** Of the plan of a model at a batch, without what kernels take for themselves. */
    static ModelMemory of(Graph graph, int batch) {
        return of(Planner.plan(graph), batch);
    }

    private static ModelMemory of(Plan plan, int batch) {
        int slots = slots(plan.program().graph());
        return new ModelMemory(
                Optional.empty(), MemoryUse.training(plan, batch, slots), MemoryUse.inference(plan, batch));
    }

    /**
     * Of a model at a batch, with the workspace of a processor's kernels: they are bound to memory that has only a length.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when no processor could hold it
     */
    static ModelMemory on(Machine machine, Graph graph, int batch) {
        Plan plan = Planner.plan(graph);
        ModelMemory planned = of(plan, batch);
        PlannedModel model = new PlannedModel(plan);
        int threads = machine.threads();
        return new ModelMemory(
                Optional.of("CPU, " + threads + (threads == 1 ? " thread" : " threads")),
                planned.training.withWorkspace(workspace(model, machine, batch, true)),
                planned.inference.withWorkspace(workspace(model, machine, batch, false)));
    }

    private static long workspace(PlannedModel model, Machine machine, int batch, boolean training) {
        BuildOptions options = new BuildOptions("cpu", machine.threads(), batch, 1, training, false);
        return Workspace.bytes(machine.counting(), model.spec(), options, model::bind);
    }

    /**
     * This with the workspace of a device, found by building the model there, once for training and once for inference:
     * only the device knows how it computes.
     *
     * @param device its identifier
     * @param threads for what runs on the CPU
     * @throws FoveaException when the model cannot be built there
     */
    ModelMemory on(String device, int threads, LoadedModel loaded, int batch) throws FoveaException {
        var builder = loaded.builder().device(device).threads(threads).batch(batch);
        long toTrain;
        try (CompiledModel model = builder.build()) {
            toTrain = model.kernels().workspaceBytes();
        }
        try (CompiledModel model = builder.inference().build()) {
            return new ModelMemory(
                    Optional.of(device),
                    training.withWorkspace(toTrain),
                    inference.withWorkspace(model.kernels().workspaceBytes()));
        }
    }

    private static int slots(Graph graph) {
        return graph.recipes().stream()
                .flatMap((Recipe recipe) -> recipe.phases().stream())
                .mapToInt(phase -> phase.optimizer().slots() + phase.regime().slots())
                .max()
                .orElse(USUAL_SLOTS);
    }
}
