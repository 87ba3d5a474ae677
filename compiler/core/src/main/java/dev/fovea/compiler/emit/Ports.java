package dev.fovea.compiler.emit;

import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.Output;
import dev.fovea.compiler.pass.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outputs a generated class has: the model's own, then what only a recipe looks at, under its layer's name. */
final class Ports {
    private Ports() {}

    static List<Output> outputs(Program program) {
        List<Output> outputs = new ArrayList<>(program.graph().outputs());
        for (int node : program.observed()) {
            if (outputs.stream().noneMatch(output -> output.node() == node)) {
                Node observed = program.graph().node(node);
                outputs.add(new Output(observed.name(), node, true, observed.span()));
            }
        }
        return outputs;
    }

    /** The name under which the runtime finds a node that a recipe looks at. */
    static String name(Program program, int node) {
        Optional<Output> found = outputs(program).stream()
                .filter(output -> output.node() == node)
                .findFirst();
        return found.orElseThrow(() -> new IllegalStateException("node %" + node + " is not observed"))
                .name();
    }
}
