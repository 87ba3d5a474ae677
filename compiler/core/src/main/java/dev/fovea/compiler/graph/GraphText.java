package dev.fovea.compiler.graph;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import dev.fovea.ops.Tie;
import dev.fovea.ops.recipe.Regime;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text form of a graph: stable, a line a node, for tests and for reading.
 *
 * <pre>{@code
 * model vision.classic.LeNet5
 * input image [1, 28, 28]
 * conv1 = conv(channels=6, kernel=5, …) image -> [6, 28, 28]
 *     conv1.weight [6, 1, 5, 5]
 *     conv1.bias [6]
 * output logits = fc3
 * }</pre>
 */
public final class GraphText {
    /** What says nothing: PyTorch's way to fill parameters, an empty table, a weight of one's own. */
    private static final Set<Object> SILENT = Set.of(Initializer.DEFAULT, List.of(), Tie.NONE);

    private final Graph graph;
    private final StringBuilder text = new StringBuilder();

    private GraphText(Graph graph) {
        this.graph = graph;
    }

    /** The text of a graph; each line ends with LF. */
    public static String of(Graph graph) {
        return new GraphText(graph).write();
    }

    private String write() {
        line("model " + graph.qualifiedName());
        for (Node node : graph.nodes()) {
            if (node instanceof OpNode layer) {
                write(layer);
            } else {
                line("input " + node.name() + " " + node.shape());
            }
        }
        for (Output output : graph.outputs()) {
            String kind = output.trainOnly() ? "output(train) " : "output ";
            line(kind + output.name() + " = " + graph.node(output.node()).name());
        }
        graph.recipes().forEach(this::write);
        return text.toString();
    }

    private void write(OpNode layer) {
        String inputs = layer.inputs().stream().map(id -> graph.node(id).name()).collect(Collectors.joining(", "));
        line(layer.name() + " = " + call(layer.op()) + " " + inputs + " -> " + layer.shape()
                + (layer.trainOnly() ? " train only" : ""));
        for (int place : layer.parameters()) {
            GraphParameter parameter = graph.parameters().get(place);
            boolean isTrained = parameter.parameter().isTrainable();
            String role = isTrained ? "" : " " + parameter.parameter().role();
            line("    " + parameter.name() + " " + parameter.parameter().shape() + role);
        }
        layer.notes().forEach(note -> line("    note: " + note));
    }

    private void write(Recipe recipe) {
        line("train " + (recipe.name().isEmpty() ? graph.name() : recipe.name() + ": " + graph.name()));
        recipe.targets()
                .forEach(target -> line("    target " + target.name() + " " + target.shape()
                        + target.classes()
                                .map(count -> " of " + count + " classes")
                                .orElse("")));
        for (Recipe.Phase phase : recipe.phases()) {
            line("    phase " + (phase.name().isEmpty() ? "-" : phase.name()));
            phase.losses()
                    .forEach(loss -> line("        loss " + loss.weight() + " * " + call(loss.loss()) + " "
                            + graph.node(loss.prediction()).name()
                            + (loss.target().isEmpty() ? "" : ", " + loss.target())));
            phase.stage()
                    .ifPresent(stage -> line("        layerwise " + stage.method() + " on "
                            + stage.layer().name() + " from "
                            + graph.node(stage.source()).name() + ", decoder " + call(stage.decoder())));
            line("        optimizer " + phase.optimizer());
            line("        schedule " + phase.schedule());
            line("        batch " + phase.batch() + ", epochs " + phase.epochs());
            phase.augmentations().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> line("        augment " + entry.getKey() + " " + entry.getValue()));
            phase.metrics()
                    .forEach(metric -> line("        metric " + metric.metric() + " "
                            + graph.node(metric.prediction()).name() + ", " + metric.target()));
            phase.frozen().forEach(path -> line("        freeze " + path));
            phase.clipNorm().ifPresent(norm -> line("        clip " + norm));
            if (!phase.regime().equals(Regime.PLAIN)) {
                line("        " + phase.regime());
            }
            phase.seed().ifPresent(seed -> line("        seed " + seed));
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** {@code conv(channels=6, kernel=5)}: the operator with its arguments, as its record has them. */
    private static String call(Op op) {
        return Stream.of(op.getClass().getRecordComponents())
                .filter(component -> !SILENT.contains(value(component, op)))
                .map(component -> component.getName() + "=" + value(component, op))
                .collect(Collectors.joining(", ", op.name() + "(", ")"));
    }

    private static Object value(RecordComponent component, Op op) {
        try {
            return component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException inaccessible) {
            throw new IllegalStateException(op + " hides its " + component.getName(), inaccessible);
        }
    }
}
