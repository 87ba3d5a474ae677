package dev.fovea.compiler.draw;

import dev.fovea.compiler.graph.Graph;

/** Draws graphs. */
public final class Drawing {

    private Drawing() {}

    /** The forms. */
    public enum Form {
        SVG,
        DOT,
        MERMAID
    }

    /**
     * A picture of a graph, as text that ends with LF.
     *
     * @param depth levels of blocks that are opened; negative for as many as can be taken in at a glance
     */
    public static String of(Graph graph, Form form, int depth) {
        Diagram diagram = DiagramBuilder.of(graph, depth);
        return switch (form) {
            case SVG -> SvgWriter.write(graph.name(), Layout.of(diagram));
            case DOT -> DotWriter.write(graph.name(), diagram);
            case MERMAID -> MermaidWriter.write(diagram);
        };
    }
}
