package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;

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

    private static int slots(Graph graph) {
        return graph.recipes().stream()
                .flatMap((Recipe recipe) -> recipe.phases().stream())
                .mapToInt(phase -> phase.optimizer().slots() + phase.regime().slots())
                .max()
                .orElse(USUAL_SLOTS);
    }
}
