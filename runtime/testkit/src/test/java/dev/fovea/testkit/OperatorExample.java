package dev.fovea.testkit;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.OpDef.Sample;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that uses an operator as its first sample does about which the checker has nothing to say; the tests of the command
 * compile it.
 */
final class OperatorExample {
    private final OpDef<?> def;
    private final Op op;
    private final List<Shape> inputs;
    private final Shape output;

    private OperatorExample(OpDef<?> def) throws Misfit {
        this.def = def;
        Sample sample = quiet(def);
        this.op = sample.op();
        this.inputs = sample.inputs();
        this.output = def.infer(op, inputs, Findings.NONE);
    }

    static String of(OpDef<?> def) throws Misfit {
        OperatorExample example = new OperatorExample(def);
        return def.has(Trait.LOSS) ? example.recipe() : example.model();
    }

    private static Sample quiet(OpDef<?> def) throws Misfit {
        for (Sample sample : def.samples()) {
            List<String> warnings = new ArrayList<>();
            Findings findings = new Findings() {
                @Override
                public void warn(String code, String message, String label, List<String> help) {
                    warnings.add(code);
                }

                @Override
                public void note(String text) {}
            };
            def.infer(sample.op(), sample.inputs(), findings);
            for (RecordComponent component : sample.op().getClass().getRecordComponents()) {
                if (OperatorCall.read(sample.op(), component) instanceof Op named) {
                    named.def().infer(named, sample.inputs().subList(1, 2), findings);
                }
            }
            if (warnings.isEmpty()) {
                return sample;
            }
        }
        throw new AssertionError("each sample of " + def.name() + " gets a warning: add one that does not");
    }

    private String model() {
        if (def.inputOf().isPresent()) {
            return behindAnotherLayer();
        }
        StringBuilder text = new StringBuilder("model Example {\n");
        for (int i = 0; i < inputs.size(); i++) {
            text.append("  input " + name(i) + ": " + inputs.get(i) + "\n");
        }
        String call = OperatorCall.of(op);
        if (inputs.size() == 1) {
            return text.append("  output y = " + name(0) + " -> " + call + "  :: " + output + "\n}\n")
                    .toString();
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            arguments.add(name(i));
        }
        return text.append("  output y = " + with(arguments) + "  :: " + output + "\n}\n")
                .toString();
    }

    /** Its last input is that of a layer that an argument names. */
    private String behindAnotherLayer() {
        String argument = def.inputOf().orElseThrow();
        String named = OperatorCall.of(op).replaceAll("^[^(]*\\(|\\)$", "");
        return "model Example {\n  input image: " + inputs.get(1) + "\n  let x = image -> " + argument + ": " + named
                + "  :: " + inputs.get(0) + "\n  output y = x -> " + def.name() + "(" + argument + ")  :: " + output
                + "\n}\n";
    }

    private String recipe() {
        Shape shape = inputs.get(0);
        String prediction = def.inputs().get(0);
        StringBuilder text = new StringBuilder("model Example {\n");
        boolean isImage = shape.rank() == 3;
        text.append("  input image: " + (isImage ? "[2, " + shape.height() + ", " + shape.width() + "]" : "[23]"));
        String last = def.isProbability(0) ? " -> sigmoid" : prediction.startsWith("log_") ? " -> log_softmax" : "";
        String name = prediction.equals("x") ? "code" : prediction;
        text.append("\n  output " + name + " = image -> "
                + (isImage ? "conv(" + shape.channels() + ", kernel=1)" : "dense(" + shape.size() + ")") + last
                + "\n}\n\ntrain Example {\n");
        List<String> arguments = new ArrayList<>(List.of(name));
        if (inputs.size() > 1) {
            String target = def.inputs().get(1).equals("target")
                    ? "wanted"
                    : def.inputs().get(1);
            String type = def.hasGradient(1) ? inputs.get(1).toString() : classes(shape);
            text.append("  target " + target + ": " + type + "\n");
            arguments.add(target);
        }
        return text.append("  loss " + with(arguments) + "\n  optimizer sgd(lr=0.1)\n}\n")
                .toString();
    }

    private String classes(Shape prediction) {
        return inputs.get(1).equals(Shape.of(1))
                ? "class(" + prediction.channels() + ")"
                : "class(" + prediction.channels() + ", " + inputs.get(1) + ")";
    }

    private String name(int input) {
        return input < def.inputs().size() ? def.inputs().get(input) : String.valueOf((char) ('a' + input));
    }

    /** The call with tensors in front of its arguments. */
    private String with(List<String> tensors) {
        String call = OperatorCall.of(op);
        String all = String.join(", ", tensors);
        return call.endsWith(")") ? call.replaceFirst("\\(", "(" + all + ", ") : call + "(" + all + ")";
    }
}
