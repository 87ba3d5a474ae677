package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which calls may, at inference, be done by the call that gives their input as it stores its output: a batch normalisation behind a
 * convolution, and the sum of a residual block behind either. They are written over that input, so that where a device does not do
 * both at once there is one tensor less all the same.
 *
 * <p>Of a sum it is the input that comes last, since the other must be there by then: when the convolution runs, not only when the
 * norm behind it would.
 */
final class Folding {
    private final Program program;
    private final Map<Integer, List<Integer>> readers;
    private final Set<Integer> observed;
    /** For each tensor the place of the call that gives it. */
    private final Map<Integer, Integer> givers = new HashMap<>();
    /** For each call the one that does it when all that may be folded is. */
    private final Map<Integer, Integer> roots = new HashMap<>();
    /** The calls into which others may be folded. */
    private final Map<Integer, Boolean> open = new HashMap<>();
    /** For each folded call the tensor. */
    private final Map<Integer, Integer> folds = new HashMap<>();

    private Folding(Program program) {
        this.program = program;
        this.readers = program.readers();
        this.observed = program.observed();
        for (int i = 0; i < program.calls().size(); i++) {
            visit(i, program.calls().get(i));
        }
    }

    static Folding of(Program program) {
        return new Folding(program);
    }

    /** The tensor over which a call is written, and into whose call it may be folded. */
    OptionalInt into(int call) {
        Integer tensor = folds.get(call);
        return tensor == null ? OptionalInt.empty() : OptionalInt.of(tensor);
    }

    private void visit(int place, Call call) {
        boolean opens = call.op().def().has(Trait.TAKES_FOLDS);
        roots.put(place, place);
        if (call.op().def().has(Trait.FOLDS) && call.inputs().size() <= 2) {
            for (int input : call.inputs()) {
                int giver = givers.getOrDefault(input, -1);
                if (!opens && giver >= 0 && fits(call, giver)) {
                    folds.put(place, input);
                    roots.put(place, roots.get(giver));
                    opens = true;
                }
            }
        }
        givers.put(call.output().id(), place);
        open.put(place, opens && call.activation().isEmpty());
    }

    /** Whether a call may be done by another: that one's output is only for it, and what else it reads is there when that one runs. */
    private boolean fits(Call call, int place) {
        Call giver = program.calls().get(place);
        OpNode tensor = giver.output();
        int root = roots.getOrDefault(place, place);
        boolean othersBefore = call.inputs().stream()
                .filter(id -> id != tensor.id())
                .allMatch(id -> givers.getOrDefault(id, -1) < root);
        return othersBefore
                && Boolean.TRUE.equals(open.get(place))
                && giver.node().trainOnly() == call.node().trainOnly()
                && readers.getOrDefault(tensor.id(), List.of()).size() == 1
                && !observed.contains(tensor.id());
    }
}
