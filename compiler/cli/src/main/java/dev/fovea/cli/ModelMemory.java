package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Workspace;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a model allocates for a batch.
 *
 * @param place where, for people: {@code CPU, 2 threads}; empty for what is the same everywhere, the plan alone
 * @param training to train it by the most demanding phase of its recipes
 * @param inference to infer
 */
record ModelMemory(Optional<String> place, MemoryUse training, MemoryUse inference) {
    /** The optimizer state that is reckoned with where there is no recipe: SGD's with momentum. */
    private static final int USUAL_SLOTS = 1;

    /** Of the plan of a model at a batch, without what kernels take for themselves. */
    static ModelMemory of(Graph graph, int batch) {
        Plan plan = Planner.plan(graph);
        return new ModelMemory(Optional.empty(), training(plan, batch, stage -> 0L), MemoryUse.inference(plan, batch));
    }

    /**
     * Of a model at a batch, with the workspace of a processor's kernels: they are bound to memory that has only a length.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when no processor could hold it
     */
    static ModelMemory on(Machine machine, Graph graph, int batch) {
        Plan plan = Planner.plan(graph);
        PlannedModel model = new PlannedModel(plan);
        int threads = machine.threads();
        long layers = workspace(model, machine, batch, true, Optional.empty());
        return new ModelMemory(
                Optional.of("CPU, " + threads + (threads == 1 ? " thread" : " threads")),
                training(
                        plan, batch, stage -> stage.isEmpty() ? layers : workspace(model, machine, batch, true, stage)),
                MemoryUse.inference(plan, batch)
                        .withWorkspace(workspace(model, machine, batch, false, Optional.empty())));
    }

    /** Of the most demanding phase, with the workspace that each has. */
    private static MemoryUse training(Plan plan, int batch, ToLongFunction<Optional<Stage>> workspace) {
        return plan.program().graph().recipes().stream()
                .flatMap(recipe -> recipe.phases().stream())
                .map(phase -> training(plan, phase, batch).withWorkspace(workspace.applyAsLong(phase.stage())))
                .max(Comparator.comparingLong(MemoryUse::total))
                .orElseGet(() -> MemoryUse.training(plan, batch, USUAL_SLOTS)
                        .withWorkspace(workspace.applyAsLong(Optional.empty())));
    }

    private static MemoryUse training(Plan plan, Recipe.Phase phase, int batch) {
        int slots = phase.optimizer().slots();
        MemoryUse model = MemoryUse.training(plan, batch, slots + phase.regime().slots());
        return phase.stage()
                .map(stage -> StageMemory.added(model, stage, slots, batch))
                .orElse(model);
    }

    private static long workspace(
            PlannedModel model, Machine machine, int batch, boolean training, Optional<Stage> stage) {
        BuildOptions options = new BuildOptions("cpu", machine.threads(), batch, 1, training, false);
        CpuKernels kernels = machine.counting();
        return Workspace.bytes(kernels, model.spec(), options, assembly -> {
            model.bind(assembly);
            stage.ifPresent(new StageBinding(kernels, batch)::bind);
        });
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
}
