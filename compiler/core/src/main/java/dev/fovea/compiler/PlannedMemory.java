package dev.fovea.compiler;

import dev.fovea.compiler.check.MemoryMeter;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import org.jspecify.annotations.Nullable;

/** Memory as the plan has it that the generated class really uses. A model's contracts come one behind the other. */
final class PlannedMemory implements MemoryMeter {
    private @Nullable Graph planned;
    private @Nullable Plan plan;

    @Override
    public long trainingBytes(Graph graph, int batch, int slots) {
        return plan(graph).trainingBytes(batch, slots);
    }

    @Override
    public long inferenceBytes(Graph graph, int batch) {
        return plan(graph).inferenceBytes(batch);
    }

    @SuppressWarnings("ReferenceEquality") // comparing two graphs would take as long as planning one
    private Plan plan(Graph graph) {
        Plan known = plan;
        if (known == null || planned != graph) {
            known = Planner.plan(graph);
            planned = graph;
            plan = known;
        }
        return known;
    }
}
