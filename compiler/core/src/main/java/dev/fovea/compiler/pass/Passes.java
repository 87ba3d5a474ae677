package dev.fovea.compiler.pass;

import dev.fovea.compiler.graph.Graph;
import java.util.List;

/** All passes, in the order in which they run. */
public final class Passes {
    private static final List<Pass> ALL = List.of(
            new DropUnused(), //
            new FuseActivations());

    private Passes() {}

    /** The program of a graph after all passes. */
    public static Program run(Graph graph) {
        Program program = Program.of(graph);
        for (Pass pass : ALL) {
            program = pass.apply(program);
        }
        return program;
    }
}
