package dev.fovea.compiler;

import dev.fovea.compiler.check.MemoryMeter;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.Planner;

/** Memory as the plan has it that the generated class really uses. */
final class PlannedMemory implements MemoryMeter {
    @Override
    public long trainingBytes(Graph graph, int batch, int slots) {
        return Planner.plan(graph).trainingBytes(batch, slots);
    }

    @Override
    public long inferenceBytes(Graph graph, int batch) {
        return Planner.plan(graph).inferenceBytes(batch);
    }
}
