package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The arena for training: values until the last backward that reads them, gradients from the first backward that writes
 * them to the one that takes them further, and what operators keep in between. What is made within a block that is marked so is not
 * kept: it lives while the block runs, and again from when the block is run again, before its backward.
 */
final class TrainingPlaces {
    private final Program program;
    private final Timeline time;
    private final Segments segments;
    private final Groups valueBlocks;
    /** Blocks of which all that they ever hold is made again for backward. */
    private final Set<Integer> madeAgain = new HashSet<>();

    private final Groups gradientBlocks;
    private final Places places = new Places();
    private final Map<Integer, Integer> savedBlocks = new HashMap<>();
    private final Map<Integer, Integer> gradientKeys = new HashMap<>();
    private final long size;

    private TrainingPlaces(Program program) {
        this.program = program;
        this.time = new Timeline(program.calls().size());
        this.segments = Segments.of(program);
        this.valueBlocks = ValueBlocks.of(program, true);
        this.gradientBlocks = GradientBlocks.of(program);
        findMadeAgain();
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
            again(i).ifPresent(moment -> useValue(input, moment));
            if (call.readsInputs()) {
                useValue(input, time.backward(i));
            }
            useGradient(input, time.backward(i));
        }
        useValue(call.output(), time.forward(i));
        again(i).ifPresent(moment -> useValue(call.output(), moment));
        if (call.readsOutput()) {
            useValue(call.output(), time.backward(i));
        }
        useGradient(call.output(), time.backward(i));
        long saved = Planner.saved(program, call).perSample();
        if (saved > 0) {
            int block = places.fresh();
            savedBlocks.put(i, block);
            places.use(block, saved, time.forward(i));
            OptionalInt again = again(i);
            if (again.isPresent()) {
                places.useAgain(block, saved, again.getAsInt());
                places.useAgain(block, saved, time.backward(i));
            } else {
                places.use(block, saved, time.backward(i));
            }
        }
    }

    /** When a call is made again, where it is. */
    private OptionalInt again(int call) {
        Optional<Segments.Segment> segment = segments.of(call);
        return segment.isPresent() ? OptionalInt.of(time.again(segment.get().last())) : OptionalInt.empty();
    }

    private void findMadeAgain() {
        Map<Integer, Set<Optional<Segments.Segment>>> holds = new HashMap<>();
        for (InputNode input : program.graph().inputs()) {
            hold(holds, input);
        }
        program.calls().forEach(call -> hold(holds, call.output()));
        holds.forEach((block, within) -> {
            if (within.size() == 1 && !within.contains(Optional.<Segments.Segment>empty())) {
                madeAgain.add(block);
            }
        });
    }

    private void hold(Map<Integer, Set<Optional<Segments.Segment>>> holds, Node node) {
        holds.computeIfAbsent(valueBlocks.block(node.id()), block -> new HashSet<>())
                .add(segments.within(node.id()));
    }

    private void useValue(Node node, int moment) {
        int block = valueBlocks.block(node.id());
        if (moment > time.head() && madeAgain.contains(block)) {
            places.useAgain(block, node.shape().size(), moment);
        } else {
            places.use(block, node.shape().size(), moment);
        }
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
