package dev.fovea.compiler.syntax.print;

import static dev.fovea.compiler.syntax.print.ExpressionPrinter.print;

import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.RecipeEntry;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the entries of recipes, an entry a line. */
final class RecipePrinter {

    private static final String INDENT = "  ";

    private RecipePrinter() {}

    static String body(List<RecipeEntry> entries, String indent) {
        String inner = indent + INDENT;
        return entries.stream()
                .map(entry -> inner + entry(entry, inner) + "\n")
                .collect(Collectors.joining("", "{\n", indent + "}"));
    }

    private static String entry(RecipeEntry entry, String indent) {
        if (entry instanceof RecipeEntry.Broken) {
            return "// broken";
        }
        if (entry instanceof RecipeEntry.Target target) {
            return "target " + target.name() + ": " + type(target.type());
        }
        if (entry instanceof RecipeEntry.Loss loss) {
            return "loss " + print(loss.value());
        }
        if (entry instanceof RecipeEntry.Optimizer optimizer) {
            return "optimizer " + print(optimizer.optimizer());
        }
        if (entry instanceof RecipeEntry.Schedule schedule) {
            return "schedule " + print(schedule.schedule());
        }
        if (entry instanceof RecipeEntry.Batch batch) {
            return "batch " + print(batch.size());
        }
        if (entry instanceof RecipeEntry.Epochs epochs) {
            return "epochs " + print(epochs.count());
        }
        if (entry instanceof RecipeEntry.Seed seed) {
            return "seed " + print(seed.value());
        }
        if (entry instanceof RecipeEntry.Augment augment) {
            return "augment " + augment.input() + " -> " + invocations(augment.steps(), " -> ");
        }
        if (entry instanceof RecipeEntry.Metric metric) {
            return "metric " + invocations(metric.metrics(), ", ");
        }
        return rarer(entry, indent);
    }

    private static String rarer(RecipeEntry entry, String indent) {
        if (entry instanceof RecipeEntry.Freeze freeze) {
            return "freeze " + layers(freeze.layers());
        }
        if (entry instanceof RecipeEntry.Clip clip) {
            return "clip " + print(clip.rule());
        }
        if (entry instanceof RecipeEntry.Precision precision) {
            return "precision " + precision.type();
        }
        if (entry instanceof RecipeEntry.Init init) {
            String layers = init.layers().isEmpty() ? "" : " on " + layers(init.layers());
            return "init " + print(init.initialiser()) + layers;
        }
        if (entry instanceof RecipeEntry.Stop stop) {
            return "stop " + print(stop.rule());
        }
        if (entry instanceof RecipeEntry.Keep keep) {
            return "keep " + print(keep.rule());
        }
        if (entry instanceof RecipeEntry.Accumulate accumulate) {
            return "accumulate " + print(accumulate.batches());
        }
        if (entry instanceof RecipeEntry.Average average) {
            return "average " + print(average.rule());
        }
        if (entry instanceof RecipeEntry.Checkpoint checkpoint) {
            return "checkpoint " + print(checkpoint.rule());
        }
        if (entry instanceof RecipeEntry.Layerwise layerwise) {
            return "layerwise " + print(layerwise.method()) + " on " + layers(layerwise.layers());
        }
        RecipeEntry.Phase phase = (RecipeEntry.Phase) entry;
        return "phase " + phase.name() + " " + body(phase.entries(), indent);
    }

    private static String type(RecipeEntry.TargetType type) {
        if (type instanceof RecipeEntry.TensorTarget tensor) {
            return print(tensor.shape());
        }
        RecipeEntry.ClassTarget classes = (RecipeEntry.ClassTarget) type;
        return "class(" + print(classes.count())
                + classes.positions().map(sizes -> ", " + print(sizes)).orElse("") + ")";
    }

    private static String invocations(List<Invocation> invocations, String separator) {
        return invocations.stream().map(ExpressionPrinter::print).collect(Collectors.joining(separator));
    }

    private static String layers(List<LabelPath> layers) {
        return layers.stream().map(LabelPath::text).collect(Collectors.joining(", "));
    }
}
