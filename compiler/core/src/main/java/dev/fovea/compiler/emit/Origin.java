package dev.fovea.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.OpNode.BlockCall;
import dev.fovea.compiler.source.Span;

/** The line of the {@code .cnn} file that a step of a generated walk comes from. */
final class Origin {
    private Origin() {}

    /** {@code // lenet5.cnn:9: -> conv1: conv(6, kernel=5, padding=2) -> relu} */
    static CodeBlock comment(Scope scope, Scope.Item item) {
        Span span = span(scope, item);
        String path = span.file().path().replace('\\', '/');
        String file = path.substring(path.lastIndexOf('/') + 1);
        String line = span.file().line(span.line()).replaceAll("\\s+", " ");
        return CodeBlock.of("// $L\n", SafeText.line(file + ":" + span.line() + ": " + line.strip()));
    }

    /** For an operator its own place, for a scope that of the call of the block, as it stands in the scope around it. */
    private static Span span(Scope scope, Scope.Item item) {
        if (item instanceof Scope.CallItem call) {
            return call.call().call().node().span();
        }
        return blockCall(scope, firstNode(item));
    }

    /** A scope that no block opened, one of dotted labels, begins where its first operator stands. */
    private static Span blockCall(Scope scope, OpNode node) {
        String prefix = scope.path().isEmpty() ? "" : scope.path() + ".";
        for (int i = node.calls().size() - 1; i >= 0; i--) { // outermost first
            BlockCall call = node.calls().get(i);
            if (call.label().startsWith(prefix)) {
                return call.span();
            }
        }
        return node.span();
    }

    private static OpNode firstNode(Scope.Item item) {
        if (item instanceof Scope.ScopeItem inner) {
            return firstNode(inner.scope().items().get(0));
        }
        return ((Scope.CallItem) item).call().call().node();
    }
}
