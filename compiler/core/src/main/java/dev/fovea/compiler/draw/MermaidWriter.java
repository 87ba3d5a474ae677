package dev.fovea.compiler.draw;

import java.util.stream.Collectors;

/** A Mermaid flow chart: a subgraph an open block. */
final class MermaidWriter {

    private final StringBuilder text = new StringBuilder("flowchart TD\n");

    private MermaidWriter() {}

    static String write(Diagram diagram) {
        MermaidWriter writer = new MermaidWriter();
        writer.boxes(diagram, "n", "  ");
        for (FlatArrows.Arrow arrow : FlatArrows.of(diagram)) {
            String shape = arrow.shape().isEmpty() ? "" : "|" + quoted(arrow.shape()) + "|";
            writer.text.append("  " + arrow.from() + " -->" + shape + " " + arrow.to() + "\n");
        }
        for (Family family : Family.values()) {
            writer.text.append(
                    "  classDef " + family.name() + " fill:" + family.fill() + ",stroke:" + family.stroke() + "\n");
        }
        return writer.text.toString();
    }

    private void boxes(Diagram diagram, String prefix, String indent) {
        for (int i = 0; i < diagram.boxes().size(); i++) {
            Diagram.Box box = diagram.boxes().get(i);
            String id = prefix + i;
            if (box.isOpen()) {
                text.append(indent + "subgraph " + id + "[" + quoted(box.title() + " · " + box.remark()) + "]\n");
                boxes(box.inner(), id + "_", indent + "  ");
                text.append(indent + "end\n");
            } else {
                String label = FlatArrows.lines(box).stream().collect(Collectors.joining("\n"));
                text.append(indent + id + "[" + quoted(label) + "]:::"
                        + box.family().name() + "\n");
            }
        }
    }

    /** Mermaid takes HTML's names of characters. */
    private static String quoted(String text) {
        String escaped = text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return '"' + escaped.replace("\n", "<br/>") + '"';
    }
}
