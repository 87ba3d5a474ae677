package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tensors share a block for their gradients. The input of a view or of an operator that works in place shares its
 * output's, when nothing else adds to the input's gradient. The gradient of a piece of a wider tensor is a piece of the wider
 * gradient, and those of what is summed up are the sum's, when no other call has written to them before: what others add afterwards they add there, where the
 * output's gradient is no longer needed.
 *
 * <p>Of tensors that share, one may be written to while another is still needed: the shortcut of a residual block gets what the block's first convolution adds, and must not before
 * the block's last norm has read the same place. So each time all that share are looked at.
 */
final class GradientBlocks {
    /** No call: before the first. */
    private static final int NEVER = -1;

    private final Program program;
    private final Set<Integer> observed;
    private final Map<Integer, List<Integer>> readers;
    /** The call that gives a tensor, and is the last in backward to read its gradient. */
    private final Map<Integer, Integer> givers = new HashMap<>();

    private final Groups groups = new Groups();
    /** The tensors of each block that holds more than one. */
    private final Map<Integer, List<Integer>> members = new HashMap<>();

    private GradientBlocks(Program program) {
        this.program = program;
        this.observed = program.observed();
        this.readers = program.readers();
        for (int i = 0; i < program.calls().size(); i++) {
            givers.put(program.calls().get(i).output().id(), i);
        }
    }

    static Groups of(Program program) {
        GradientBlocks blocks = new GradientBlocks(program);
        for (int i = program.calls().size() - 1; i >= 0; i--) {
            blocks.assign(i, program.calls().get(i));
        }
        return blocks.groups;
    }

    private void assign(int place, Call call) {
        int output = call.output().id();
        int input = call.inputs().get(0);
        boolean elementwise = call.op().def().has(Trait.VIEW) || call.op().def().has(Trait.IN_PLACE);
        if (elementwise && call.inputs().size() == 1 && readers(input).size() == 1 && !observed.contains(input)) {
            join(input, output, 0);
        }
        List<Long> pieces = Planner.pieces(program, call);
        for (int k = 0; k < pieces.size(); k++) {
            if (isFirstToWrite(place, k)) {
                join(call.inputs().get(k), output, pieces.get(k));
            }
        }
        for (int k = 0; call.op().def().has(Trait.SUM) && k < call.inputs().size(); k++) {
            int summand = call.inputs().get(k);
            if (isFirstToWrite(place, k) && Collections.frequency(call.inputs(), summand) == 1) {
                join(summand, output, 0);
            }
        }
    }

    /** Whether in backward nobody has written to the gradient of a call's input before, and the call does so here first. */
    private boolean isFirstToWrite(int place, int input) {
        Call call = program.calls().get(place);
        int tensor = call.inputs().get(input);
        return call.inputs().indexOf(tensor) == input
                && Collections.max(readers(tensor)) == place
                && !observed.contains(tensor);
    }

    private void join(int tensor, int output, long before) {
        if (!(node(tensor) instanceof InputNode) && isSafe(tensor, output, before)) {
            groups.join(tensor, output, before);
            members.computeIfAbsent(groups.block(output), block -> new ArrayList<>(List.of(block)))
                    .add(tensor);
        }
    }

    /** Whether no gradient that would share elements with a tensor's is changed while the other is needed. That of the output, and what that one went into, is not needed any more. */
    private boolean isSafe(int tensor, int output, long before) {
        long from = groups.before(output) + before;
        long end = from + node(tensor).shape().size();
        for (int other : members.getOrDefault(groups.block(output), List.of())) {
            boolean meet = groups.before(other) < end
                    && from < groups.before(other) + node(other).shape().size();
            if (meet && !groups.lies(output, other)) {
                if (lastChange(tensor) >= giver(other) || lastChange(other) >= giver(tensor)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The last call in forward, so the first in backward, that changes a gradient once it is there: who adds to it, or the giver that takes it through an activation in place. */
    private int lastChange(int tensor) {
        List<Integer> all = readers(tensor);
        int added = all.subList(0, Math.max(0, all.size() - 1)).stream()
                .max(Integer::compare)
                .orElse(NEVER);
        int giver = giver(tensor);
        Call call = program.calls().get(giver);
        boolean inPlace = call.activation().isPresent() || call.op().def().has(Trait.IN_PLACE);
        return inPlace ? Math.max(added, giver) : added;
    }

    private int giver(int tensor) {
        return givers.getOrDefault(tensor, NEVER);
    }

    private List<Integer> readers(int tensor) {
        return readers.getOrDefault(tensor, List.of());
    }

    private Node node(int tensor) {
        return program.graph().node(tensor);
    }
}
