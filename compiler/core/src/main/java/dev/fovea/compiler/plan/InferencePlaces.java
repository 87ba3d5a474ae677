package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import java.util.Optional;
import java.util.Set;

/** The arena for inference: values only, dead after their last reader. */
final class InferencePlaces {
    private final Groups groups;
    private final Places places = new Places();
    private final long size;

    private InferencePlaces(Program program) {
        groups = ValueBlocks.of(program, false);
        Timeline time = new Timeline(program.calls().size());
        Set<Integer> observed = program.observed();
        for (InputNode input : program.graph().inputs()) { // kept, so that a forward pass can be repeated
            use(input, Timeline.START);
            use(input, time.end());
        }
        for (int i = 0; i < program.calls().size(); i++) {
            Call call = program.calls().get(i);
            if (call.node().trainOnly()) {
                continue;
            }
            for (int id : call.inputs()) {
                use(program.graph().node(id), time.forward(i));
            }
            use(call.output(), time.forward(i));
            if (observed.contains(call.output().id())) {
                use(call.output(), time.end());
            }
        }
        size = places.layOut();
    }

    static InferencePlaces of(Program program) {
        return new InferencePlaces(program);
    }

    long size() {
        return size;
    }

    /** The place of a node's value; empty when it is train-only. */
    Optional<Place> value(Node node) {
        int block = groups.block(node.id());
        return places.has(block)
                ? Optional.of(new Place(places.offset(block), groups.before(node.id()), places.size(block)))
                : Optional.empty();
    }

    private void use(Node node, int time) {
        places.use(groups.block(node.id()), node.shape().size(), time);
    }
}
