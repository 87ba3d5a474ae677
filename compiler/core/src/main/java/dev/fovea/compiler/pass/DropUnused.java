package dev.fovea.compiler.pass;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Drops the calls that nothing observed depends on: the layers of a {@code let} that is never read. */
final class DropUnused implements Pass {
    @Override
    public Program apply(Program program) {
        Map<Integer, Call> producers = program.calls().stream()
                .collect(Collectors.toMap(call -> call.output().id(), call -> call));
        Set<Integer> needed = new HashSet<>();
        Deque<Integer> pending = new ArrayDeque<>(program.observed());
        while (!pending.isEmpty()) {
            int id = pending.pop();
            Call producer = producers.get(id);
            if (needed.add(id) && producer != null) {
                pending.addAll(producer.inputs());
            }
        }
        return program.with(program.calls().stream()
                .filter(call -> needed.contains(call.output().id()))
                .toList());
    }
}
