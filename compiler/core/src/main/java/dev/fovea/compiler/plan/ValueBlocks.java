package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which tensors share a block for their values: a view shares its input's, an operator that works in place overwrites its
 * input's when nothing reads that afterwards, in forward or backward, what at
 * inference is folded into the call that gives its input lies there, a sum in training too, and what is put side by side with others is written where
 * it belongs by whoever makes it.
 */
final class ValueBlocks {
    private final Program program;
    private final boolean training;
    private final Map<Integer, List<Integer>> readers;
    private final Folding folding;
    private final Segments segments;
    /** The call that gives a tensor. */
    private final Map<Integer, Integer> givers = new HashMap<>();

    private final Groups groups = new Groups();
    /** The tensors of each block that holds more than one. */
    private final Map<Integer, List<Integer>> members = new HashMap<>();
    /** Blocks that must keep what they hold: inputs of the model, and what is looked at from outside. */
    private final Set<Integer> kept = new HashSet<>();
    /** Blocks whose present content some backward reads. */
    private final Set<Integer> readInBackward = new HashSet<>();

    private ValueBlocks(Program program, boolean training) {
        this.program = program;
        this.training = training;
        this.readers = program.readers();
        this.folding = Folding.of(program);
        this.segments = Segments.of(program);
        for (int i = 0; i < program.calls().size(); i++) {
            givers.put(program.calls().get(i).output().id(), i);
        }
    }

    /** The blocks for training or, without the train-only calls, for inference. */
    static Groups of(Program program, boolean training) {
        ValueBlocks blocks = new ValueBlocks(program, training);
        blocks.assign();
        return blocks.groups;
    }

    private void assign() {
        Set<Integer> observed = program.observed();
        program.graph().nodes().stream().filter(InputNode.class::isInstance).forEach(input -> kept.add(input.id()));
        for (int i = 0; i < program.calls().size(); i++) {
            Call call = program.calls().get(i);
            if (!training && call.node().trainOnly()) {
                continue;
            }
            int output = call.output().id();
            int first = call.inputs().get(0);
            int folded = folding.into(i).orElse(output);
            if (folded != output
                    && (!training || (call.op().def().has(Trait.SUM) && isLastUse(i, groups.block(folded))))) {
                join(output, folded);
            } else if (isView(call) || (overwrites(call) && isLastUse(i, groups.block(first)))) {
                join(output, first);
            }
            gather(call);
            int block = groups.block(output);
            if (observed.contains(output)) {
                kept.add(block);
            }
            if (training && (call.readsOutput() || isReadInBackward(output))) {
                readInBackward.add(block);
            }
        }
    }

    private void join(int output, int input) {
        groups.join(output, input);
        members.computeIfAbsent(groups.block(input), block -> new ArrayList<>(List.of(block)))
                .add(output);
    }

    /** Puts the inputs that fill a block of their own into the output they are pieces of. */
    private void gather(Call call) {
        List<Long> pieces = Planner.pieces(program, call);
        int output = call.output().id();
        for (int k = 0; k < pieces.size(); k++) {
            int piece = call.inputs().get(k);
            int block = groups.block(piece);
            if (block == output || kept.contains(block) || size(block) != size(piece)) {
                continue;
            }
            groups.join(block, output, pieces.get(k));
            members.computeIfAbsent(output, whole -> new ArrayList<>(List.of(whole)))
                    .addAll(members.getOrDefault(block, List.of(block)));
            if (readInBackward.contains(block)) {
                readInBackward.add(output);
            }
        }
    }

    private long size(int tensor) {
        return program.graph().node(tensor).shape().size();
    }

    private boolean isView(Call call) {
        return call.op().def().has(Trait.VIEW) || (!training && call.op().def().has(Trait.IDENTITY_AT_INFERENCE));
    }

    private static boolean overwrites(Call call) {
        return call.op().def().has(Trait.IN_PLACE) && call.inputs().size() == 1;
    }

    private boolean isLastUse(int call, int block) {
        return !kept.contains(block)
                && !readInBackward.contains(block)
                && (!training || isMadeWith(call, block))
                && members.getOrDefault(block, List.of(block)).stream()
                        .flatMap(tensor -> readers.getOrDefault(tensor, List.of()).stream())
                        .allMatch(reader -> reader <= call || skipped(reader));
    }

    /** Whether what lies in a block is made and read again whenever a call is: else one of them could not be, its input being gone. */
    private boolean isMadeWith(int call, int block) {
        return members.getOrDefault(block, List.of(block)).stream()
                .flatMap(tensor -> Stream.concat(
                        Stream.of(givers.getOrDefault(tensor, call)), readers.getOrDefault(tensor, List.of()).stream()))
                .allMatch(other -> segments.of(other).equals(segments.of(call)));
    }

    private boolean isReadInBackward(int tensor) {
        return readers.getOrDefault(tensor, List.of()).stream()
                .anyMatch(reader -> program.calls().get(reader).readsInputs());
    }

    private boolean skipped(int call) {
        return !training && program.calls().get(call).node().trainOnly();
    }
}
