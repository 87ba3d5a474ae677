package dev.fovea.compiler.pass;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets an operator apply the activation that follows as it stores its output: one sweep over memory less each way. Only
 * where nothing else looks at the value in between, since it is never there.
 */
final class FuseActivations implements Pass {
    @Override
    public Program apply(Program program) {
        Map<Integer, List<Integer>> readers = program.readers();
        Set<Integer> observed = program.observed();
        Map<Integer, Integer> fused = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        for (Call call : program.calls()) {
            OpNode node = call.node();
            if (node.op().def().has(Trait.ACTIVATION)) {
                int input = node.inputs().get(0);
                Optional<Integer> place = Optional.ofNullable(fused.get(input))
                        .filter(p -> !observed.contains(input)
                                && readers.getOrDefault(input, List.of()).size() == 1)
                        .filter(p -> calls.get(p).node().trainOnly() == node.trainOnly());
                if (place.isPresent()) {
                    calls.set(place.get(), new Call(calls.get(place.get()).node(), Optional.of(node)));
                    continue;
                }
            }
            if (node.op().def().has(Trait.TAKES_ACTIVATION)) {
                fused.put(node.id(), calls.size());
            }
            calls.add(call);
        }
        return program.with(calls);
    }
}
