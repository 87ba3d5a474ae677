package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.plan.PlannedCall;
import dev.fovea.compiler.source.Span;

/** The lines of one layer: its binding in the constructor, and the comment that shows where it comes from. */
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
        if (call.call().node().trainOnly()) {
            code.add("\n.trainOnly()");
        }
        return code.add("\n.out($L);\n", names.tensor(call.call().output().id()).in(from))
                .unindent()
                .unindent()
                .build();
    }

    /** {@code // lenet5.cnn:9: -> conv1: conv(6, kernel=5, padding=2) -> relu} */
    static CodeBlock origin(PlannedCall call) {
        Span span = call.call().node().span();
        String path = span.file().path().replace('\\', '/');
        String file = path.substring(path.lastIndexOf('/') + 1);
        String line = span.file().line(span.line()).replaceAll("\\s+", " ");
        return CodeBlock.of("// $L\n", SafeText.line(file + ":" + span.line() + ": " + line.strip()));
    }
}
