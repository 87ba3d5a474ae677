package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;

/**
 * What a model allocates for a batch.
 *
 * @param training to train it by the most demanding of its recipes
 * @param inference to infer
 */
record ModelMemory(MemoryUse training, MemoryUse inference) {
    /** The optimizer state that is reckoned with where there is no recipe: SGD's with momentum. */
    private static final int USUAL_SLOTS = 1;

    /** Of a model at a batch. */
    static ModelMemory of(Graph graph, int batch) {
        Plan plan = Planner.plan(graph);
        return new ModelMemory(MemoryUse.training(plan, batch, slots(graph)), MemoryUse.inference(plan, batch));
    }

    /**
     * This with the workspace of a device, found by building the model there, once for training and once for inference:
     * only the device knows which algorithms it takes.
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
