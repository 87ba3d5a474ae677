package dev.fovea.cli;

import dev.fovea.compiler.draw.Drawing;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.io.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea graph}: a picture of a model. */
@Command(
        name = "graph",
        description = {
            "Draws a model: blocks as boxes, operators coloured by what they are, shapes on the arrows.",
            "What exists only while training has a dashed border."
        })
final class GraphCommand implements Callable<Integer> {
    /** The forms of a picture. */
    enum Format {
        SVG(Drawing.Form.SVG),
        DOT(Drawing.Form.DOT),
        MERMAID(Drawing.Form.MERMAID);

        private final Drawing.Form form;

        Format(Drawing.Form form) {
            this.form = form;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Mixin
    private final ModelFile file = new ModelFile();

    @Option(
            names = "--format",
            paramLabel = "svg|dot|mermaid",
            defaultValue = "svg",
            description = "svg (the default), dot for Graphviz, mermaid for Markdown.")
    private Format format = Format.SVG;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Levels of blocks that are opened; by default as many as can be taken in at a glance.")
    private @Nullable Integer depth;

    @Option(names = "-o", paramLabel = "FILE", description = "Where to write it, instead of to standard output.")
    private @Nullable Path output;

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (depth != null && depth < 0) {
            throw new UsageException("--depth must be at least 0, not " + depth);
        }
        List<Graph> graphs = file.graphs(console);
        if (graphs.size() > 1) {
            throw new UsageException(
                    "there are " + graphs.size() + " models to draw",
                    "choose one with --model: "
                            + String.join(", ", graphs.stream().map(Graph::name).toList()));
        }
        String picture = Drawing.of(graphs.get(0), format.form, depth == null ? -1 : depth);
        if (output == null) {
            console.out().print(picture);
            return ExitStatus.OK;
        }
        ByteBuffer left = ByteBuffer.wrap(picture.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(output, channel -> {
            while (left.hasRemaining()) {
                channel.write(left);
            }
        });
        return ExitStatus.OK;
    }
}
