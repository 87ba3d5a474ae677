package dev.fovea.compiler.draw;

/** The language of Graphviz: a cluster an open block. */
final class DotWriter {

    private final StringBuilder text = new StringBuilder();

    private DotWriter() {}

    static String write(String name, Diagram diagram) {
        DotWriter writer = new DotWriter();
        writer.text.append("digraph ").append(quoted(name)).append(" {\n");
        writer.text.append("  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11];\n");
        writer.text.append("  edge [color=\"#64748b\", fontname=\"sans-serif\", fontsize=9];\n");
        writer.boxes(diagram, "n", "  ");
        FlatArrows.of(diagram).forEach(arrow -> writer.text
                .append("  ")
                .append(arrow.from())
                .append(" -> ")
                .append(arrow.to())
                .append(" [label=")
                .append(quoted(arrow.shape()))
                .append("];\n"));
        return writer.text.append("}\n").toString();
    }

    private void boxes(Diagram diagram, String prefix, String indent) {
        for (int i = 0; i < diagram.boxes().size(); i++) {
            Diagram.Box box = diagram.boxes().get(i);
            String id = prefix + i;
            if (box.isOpen()) {
                text.append(indent).append("subgraph cluster_").append(id).append(" {\n");
                text.append(indent)
                        .append("  label=")
                        .append(quoted(box.title() + "\n" + box.remark()))
                        .append(";\n");
                text.append(indent)
                        .append("  style=rounded; color=\"")
                        .append(box.family().stroke())
                        .append("\";\n");
                boxes(box.inner(), id + "_", indent + "  ");
                text.append(indent).append("}\n");
            } else {
                text.append(indent).append(id).append(" [label=").append(quoted(label(box)));
                text.append(", fillcolor=\"").append(box.family().fill());
                text.append("\", color=\"").append(box.family().stroke()).append('"');
                text.append(box.dashed() ? ", style=\"rounded,filled,dashed\"" : "")
                        .append("];\n");
            }
        }
    }

    private static String label(Diagram.Box box) {
        return String.join("\n", FlatArrows.lines(box));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
