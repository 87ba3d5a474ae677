package dev.fovea.testkit;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Reads;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of one operator, in Markdown, from nothing but its definition. */
final class OperatorPage {
    private static final Map<Trait, String> TRAITS = Map.ofEntries(
            Map.entry(Trait.VIEW, "A view: the output is the input's memory under another shape, without a kernel."),
            Map.entry(Trait.IN_PLACE, "May write its output over its input."),
            Map.entry(Trait.IDENTITY_AT_INFERENCE, "Hands its input on unchanged when not training."),
            Map.entry(Trait.TAKES_ACTIVATION, "An activation behind it is applied as the output is stored."),
            Map.entry(Trait.ACTIVATION, "May be fused into the operator before it."),
            Map.entry(Trait.FOLDS, "At inference may be done by the convolution before it."),
            Map.entry(Trait.TAKES_FOLDS, "At inference also does a `batchnorm` or an `add` behind it."),
            Map.entry(
                    Trait.SUM,
                    "While training too may be done by the `batchnorm` before it; gradients pass without a copy."),
            Map.entry(Trait.NONLINEARITY, "Bends each element by itself: two such operators in a row get a warning."),
            Map.entry(Trait.SUBTRACTS_MEAN, "Subtracts each channel's mean: a bias before it has no effect."),
            Map.entry(Trait.PROBABILITIES, "The output is a distribution over the channels, or its logarithm."),
            Map.entry(Trait.TAKES_LOGITS, "Makes a distribution of its prediction itself: give it logits."),
            Map.entry(Trait.LOSS, "A loss: one number for each sample, of which a recipe takes the mean."),
            Map.entry(Trait.CROSSES_SAMPLES, "Each sample's output depends on the whole batch."));

    private final OpDef<?> def;
    private final StringBuilder text = new StringBuilder();

    private OperatorPage(OpDef<?> def) {
        this.def = def;
    }

    static String of(OpDef<?> def) throws Misfit {
        return new OperatorPage(def).write();
    }

    private String write() throws Misfit {
        String summary = def.signature().summary();
        line("<!-- Generated from the operator's definition; regenerate with -Dgolden.update=true. -->");
        line("# `" + def.name() + "`");
        line("");
        line(summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".");
        line("");
        line("```");
        line(signature(def));
        line("```");
        line("");
        line("```cnn");
        text.append(OperatorExample.of(def));
        line("```");
        line("");
        line("```");
        line(def.formula());
        line("```");
        line("");
        line("Output: " + def.outputShape() + ".");
        line("");
        line("Inputs: " + def.inputs().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + (def.isVariadic() ? ", …" : "")
                + def.inputOf()
                        .map(name -> ", and what the layer `" + name + "` reads")
                        .orElse("") + ".");
        AttributeTable.append(def.signature(), text);
        parameterNames();
        if (!def.source().isEmpty()) {
            line("");
            line("Source: " + def.source() + ".");
        }
        if (!def.notes().isEmpty()) {
            line("");
            line(def.notes());
        }
        line("");
        line("Backward reads " + reads() + ".");
        for (Trait trait : Trait.values()) {
            if (def.has(trait)) {
                line("");
                line(TRAITS.get(trait));
            }
        }
        samples();
        return text.toString();
    }

    /** The call with all arguments and their defaults. */
    static String signature(OpDef<?> def) {
        List<String> inputs = new ArrayList<>(def.inputs());
        if (def.isVariadic()) {
            inputs.add("…");
        }
        boolean isStage = inputs.size() == 1 && !def.has(Trait.LOSS);
        return (isStage ? inputs.get(0) + " -> " : "")
                + AttributeTable.call(def.signature(), isStage ? List.of() : inputs);
    }

    private void parameterNames() throws Misfit {
        Set<String> names = new LinkedHashSet<>();
        for (OpDef.Sample sample : def.samples()) {
            Shape output = def.infer(sample.op(), sample.inputs(), Findings.NONE);
            for (Parameter parameter : def.parameters(sample.op(), sample.inputs(), output)) {
                String name = parameter.name().isEmpty() ? "the layer's own name" : "`" + parameter.name() + "`";
                names.add(name + (parameter.isTrainable() ? "" : " (not trained)"));
            }
        }
        if (!names.isEmpty()) {
            line("");
            line("Parameters: " + String.join(", ", names) + ".");
        }
    }

    private String reads() {
        String all = Arrays.stream(Reads.values())
                .filter(def::reads)
                .map(read -> switch (read) {
                    case INPUTS -> "the inputs";
                    case OUTPUT -> "the output";
                    case SAVED -> "what forward saved";
                })
                .collect(Collectors.joining(" and "));
        return all.isEmpty() ? "nothing but the gradient of the output" : all;
    }

    private void samples() throws Misfit {
        line("");
        line("| for example | input | output | parameters | MACs | saved |");
        line("|---|---|---|---|---|---|");
        for (OpDef.Sample sample : def.samples()) {
            Shape output = def.infer(sample.op(), sample.inputs(), Findings.NONE);
            String inputs = sample.inputs().stream().map(Shape::toString).collect(Collectors.joining(", "));
            String parameters = def.parameters(sample.op(), sample.inputs(), output).stream()
                    .map(OperatorPage::parameter)
                    .collect(Collectors.joining("<br>"));
            Saved saved = def.saved(sample.op(), sample.inputs(), output);
            line("| `" + OperatorCall.of(sample.op()) + "` | " + inputs + " | " + output + " | " + parameters + " | "
                    + def.macs(sample.op(), sample.inputs(), output) + " | " + saved(saved) + " |");
        }
    }

    private static String parameter(Parameter parameter) {
        String counted = parameter.isTrainable()
                        && parameter.count() != parameter.shape().size()
                ? ", " + parameter.count() + " counted"
                : "";
        String name = parameter.name().isEmpty() ? "the layer's own" : "`" + parameter.name() + "`";
        return name + " " + parameter.shape() + counted;
    }

    private static String saved(Saved saved) {
        if (saved.perBatch() > 0) {
            return saved.perBatch() + " a batch";
        }
        return saved.perSample() > 0 ? saved.perSample() + " a sample" : "";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
