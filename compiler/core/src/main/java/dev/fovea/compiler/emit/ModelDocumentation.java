package dev.fovea.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.compiler.plan.Plan;
import java.util.Locale;

/** The documentation comment of a generated class: the author's words, then the facts. */
final class ModelDocumentation {
    private ModelDocumentation() {}

    static CodeBlock of(Plan plan) {
        Graph graph = plan.program().graph();
        Costs costs = Costs.of(graph);
        StringBuilder text = new StringBuilder();
        if (!graph.documentation().isBlank()) {
            text.append(SafeText.documentation(graph.documentation().strip())).append("\n\n<p>");
        }
        text.append(String.format(
                Locale.ROOT, "%,d parameters, %,d multiply-adds a sample.\n", costs.parameters(), costs.macs()));
        text.append("\n<ul>\n");
        for (InputNode input : graph.inputs()) {
            text.append(line(
                    "input",
                    input.name(),
                    input.shape().toString(),
                    input.shape().size()));
        }
        for (Output output : graph.outputs()) {
            String shape = graph.node(output.node()).shape().toString();
            long size = graph.node(output.node()).shape().size();
            text.append(line(output.trainOnly() ? "output (train)" : "output", output.name(), shape, size));
        }
        return CodeBlock.of("$L", text.append("</ul>\n"));
    }

    private static String line(String kind, String name, String shape, long size) {
        return String.format(Locale.ROOT, "  <li>%s {@code %s}: %s, %d floats a sample\n", kind, name, shape, size);
    }
}
