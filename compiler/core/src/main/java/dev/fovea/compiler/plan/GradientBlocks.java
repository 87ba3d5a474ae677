package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Trait;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tensors share a block for their gradients: the input of a view or of an operator that works in place shares its
 * output's, when nothing else adds to the input's gradient. The gradient of a piece of a wider tensor is a piece of the wider
 * gradient when no other call has written to it before: what others add afterwards they add there, where the wider gradient is
 * no longer needed.
 */
final class GradientBlocks {
    private GradientBlocks() {}

    static Groups of(Program program) {
        Groups groups = new Groups();
        Set<Integer> observed = program.observed();
        Map<Integer, List<Integer>> readers = program.readers();
        for (int i = program.calls().size() - 1; i >= 0; i--) {
            Call call = program.calls().get(i);
            boolean elementwise =
                    call.op().def().has(Trait.VIEW) || call.op().def().has(Trait.IN_PLACE);
            int input = call.inputs().get(0);
            if (elementwise
                    && call.inputs().size() == 1
                    && readers.getOrDefault(input, List.of()).size() == 1
                    && !observed.contains(input)
                    && !(program.graph().node(input) instanceof InputNode)) {
                groups.join(input, call.output().id());
            }
            List<Long> pieces = Planner.pieces(program, call);
            for (int k = 0; k < pieces.size(); k++) {
                int piece = call.inputs().get(k);
                boolean first = call.inputs().indexOf(piece) == k
                        && Collections.max(readers.getOrDefault(piece, List.of())) == i
                        && !observed.contains(piece);
                if (first && !(program.graph().node(piece) instanceof InputNode)) {
                    groups.join(piece, call.output().id(), pieces.get(k));
                }
            }
        }
        return groups;
    }
}
