package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The arena for training: values until the last backward that reads them, gradients from the first backward that writes
 * them to the one that takes them further, and what operators keep in between.
 */
final class TrainingPlaces {
    private final Program program;
    private final Timeline time;
    private final Groups valueBlocks;
    private final Groups gradientBlocks;
    private final Places places = new Places();
    private final Map<Integer, Integer> savedBlocks = new HashMap<>();
    private final Map<Integer, Integer> gradientKeys = new HashMap<>();
    private final long size;

    private TrainingPlaces(Program program) {
        this.program = program;
        this.time = new Timeline(program.calls().size());
        this.valueBlocks = ValueBlocks.of(program, true);
        this.gradientBlocks = GradientBlocks.of(program);
        for (InputNode input : program.graph().inputs()) { // kept, so that a step can be repeated
            useValue(input, Timeline.START);
            useValue(input, time.end());
        }
        for (int i = 0; i < program.calls().size(); i++) {
            live(i, program.calls().get(i));
        }
        Set<Integer> observed = program.observed();
        for (int id : observed) {
            useValue(program.graph().node(id), time.end());
            useGradient(program.graph().node(id), time.head());
        }
        size = places.layOut();
    }

    static TrainingPlaces of(Program program) {
        return new TrainingPlaces(program);
    }

    long size() {
        return size;
    }

    Place value(Node node) {
        int block = valueBlocks.block(node.id());
        return new Place(places.offset(block), valueBlocks.before(node.id()), places.size(block));
    }

    Optional<Place> gradient(Node node) {
        if (node instanceof InputNode) {
            return Optional.empty();
        }
        int block = gradientKey(node);
        return Optional.of(new Place(places.offset(block), gradientBlocks.before(node.id()), places.size(block)));
    }

    OptionalLong saved(int call) {
        Integer block = savedBlocks.get(call);
        return block == null ? OptionalLong.empty() : OptionalLong.of(places.offset(block));
    }

    private void live(int i, Call call) {
        for (int id : call.inputs()) {
            Node input = program.graph().node(id);
            useValue(input, time.forward(i));
            if (call.readsInputs()) {
                useValue(input, time.backward(i));
            }
            useGradient(input, time.backward(i));
        }
        useValue(call.output(), time.forward(i));
        if (call.readsOutput()) {
            useValue(call.output(), time.backward(i));
        }
        useGradient(call.output(), time.backward(i));
        long saved = Planner.saved(program, call).perSample();
        if (saved > 0) {
            int block = places.fresh();
            savedBlocks.put(i, block);
            places.use(block, saved, time.forward(i));
            places.use(block, saved, time.backward(i));
        }
    }

    private void useValue(Node node, int moment) {
        places.use(valueBlocks.block(node.id()), node.shape().size(), moment);
    }

    private void useGradient(Node node, int moment) {
        if (!(node instanceof InputNode)) {
            places.use(gradientKey(node), node.shape().size(), moment);
        }
    }

    private int gradientKey(Node node) {
        return gradientKeys.computeIfAbsent(gradientBlocks.block(node.id()), block -> places.fresh());
    }
}
