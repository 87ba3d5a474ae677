package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.OpNode.BlockCall;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of blocks whose tensors are made again for backward rather than kept (Chen, Xu, Zhang and Guestrin, "Training Deep Nets
 * with Sublinear Memory Cost", 2016): runs of calls that came from one call of a block marked so, of the outermost where they are
 * nested.
 */
final class Segments {
    /**
     * A run of calls.
     *
     * @param label of the block's call
     * @param first its first call
     * @param last its last call
     */
    record Segment(String label, int first, int last) {}

    private final List<Optional<Segment>> ofCall = new ArrayList<>();
    private final Map<Integer, Segment> internal = new HashMap<>();

    private Segments(Program program) {
        List<Call> calls = program.calls();
        for (int i = 0; i < calls.size(); ) {
            Optional<String> label = label(calls.get(i));
            int end = i + 1;
            while (end < calls.size() && label.isPresent() && label.equals(label(calls.get(end)))) {
                end++;
            }
            int first = i;
            int last = end - 1;
            Optional<Segment> segment = label.map(name -> new Segment(name, first, last));
            for (; i < end; i++) {
                ofCall.add(segment);
            }
        }
        findInternal(program);
    }

    static Segments of(Program program) {
        return new Segments(program);
    }

    /** The one a call belongs to. */
    Optional<Segment> of(int call) {
        return ofCall.get(call);
    }

    /** The one within which a tensor is made and read, and nowhere else. */
    Optional<Segment> within(int tensor) {
        return Optional.ofNullable(internal.get(tensor));
    }

    private void findInternal(Program program) {
        Map<Integer, List<Integer>> readers = program.readers();
        Set<Integer> observed = program.observed();
        for (int i = 0; i < ofCall.size(); i++) {
            int tensor = program.calls().get(i).output().id();
            Optional<Segment> segment = ofCall.get(i);
            boolean stays = !observed.contains(tensor)
                    && readers.getOrDefault(tensor, List.of()).stream()
                            .allMatch(reader -> ofCall.get(reader).equals(segment));
            if (segment.isPresent() && stays) {
                internal.put(tensor, segment.get());
            }
        }
    }

    private static Optional<String> label(Call call) {
        String outermost = null;
        for (BlockCall block : call.node().calls()) { // innermost first
            if (block.recomputed()) {
                outermost = block.label();
            }
        }
        return Optional.ofNullable(outermost);
    }
}
