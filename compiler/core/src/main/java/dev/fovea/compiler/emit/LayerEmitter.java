package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.plan.PlannedCall;

/** The binding of one layer in the constructor. */
final class LayerEmitter {
    private final Names names;

    LayerEmitter(Names names) {
        this.names = names;
    }

    /** {@code conv1 = assembly.layer("conv1", new Conv(…)).activation(new Relu()).in(IMAGE)….out(CONV1);} */
    CodeBlock binding(PlannedCall call, ClassName from) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add(
                        "$N = assembly.layer($S, $L)",
                        names.kernel(call),
                        call.call().name(),
                        Literals.of(call.call().op()))
                .indent()
                .indent();
        call.call().activation().map(OpNode::op).ifPresent(op -> code.add("\n.activation($L)", Literals.of(op)));
        for (PlannedCall.Use use : call.inputs()) {
            code.add(
                    "\n.$L($L)",
                    use.adds() ? "inAdding" : "in",
                    names.tensor(use.id()).in(from));
        }
        for (PlannedCall.Use use : call.parameters()) {
            code.add(
                    "\n.$L($L)",
                    use.adds() ? "parameterAdding" : "parameter",
                    names.parameter(use.id()).in(from));
        }
        call.saved().ifPresent(offset -> code.add("\n.saved($L)", Literals.offset(offset)));
        call.savedPerBatch().ifPresent(offset -> code.add("\n.savedPerBatch($L)", Literals.offset(offset)));
        call.foldsInto()
                .ifPresent(id -> code.add("\n.foldsInto($L)", names.tensor(id).in(from)));
        if (call.call().node().trainOnly()) {
            code.add("\n.trainOnly()");
        }
        return code.add("\n.out($L);\n", names.tensor(call.call().output().id()).in(from))
                .unindent()
                .unindent()
                .build();
    }
}
