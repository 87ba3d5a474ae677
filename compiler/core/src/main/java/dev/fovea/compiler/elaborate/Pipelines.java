package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Label;
import dev.fovea.compiler.syntax.ShapePattern;
import dev.fovea.compiler.syntax.Stage;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.ChainedStage;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Evaluates pipelines: stages in a row, with their labels and stated shapes. */
final class Pipelines {
    private final Evaluator evaluator;
    private final Applications applications;
    private final ModelRun run;
    private final Ascriptions ascriptions;
    private final Labels labels;

    Pipelines(Evaluator evaluator, Applications applications, ModelRun run) {
        this.evaluator = evaluator;
        this.applications = applications;
        this.run = run;
        this.ascriptions = new Ascriptions(evaluator, run);
        this.labels = new Labels(evaluator, run);
    }

    Value evaluate(Expression.Pipeline pipeline, Context context) {
        Value source = evaluator.evaluate(pipeline.source(), context);
        if (source instanceof StageValue first) {
            // `conv(8, kernel=3) -> relu` lacks its tensor, and so is a stage as a whole.
            return new ChainedStage(first, pipeline.stages(), context.scope(), pipeline.span());
        }
        if (!(source instanceof Value.Tensor) && !source.isUnknown()) {
            run.fault(ValueFaults.needsTensor(source, pipeline.source().span()), context);
            return run(Value.unknown(), pipeline.stages(), context);
        }
        return run(source, pipeline.stages(), context);
    }

    /** Applies stages one after the other. */
    Value run(Value source, List<Stage> stages, Context context) {
        Value value = source;
        for (Stage stage : stages) {
            Optional<String> label = stage.label().flatMap(one -> labels.text(one, context));
            value = apply(stage, value, label, context);
            value = ascribe(value, stage.ascriptions(), stage.operation().span(), context);
        }
        return value;
    }

    /** Holds a value to the shapes that are stated for it. */
    Value ascribe(Value value, List<ShapePattern> shapes, Span at, Context context) {
        Value result = value;
        for (ShapePattern shape : shapes) {
            result = ascriptions.check(result, shape, at, context);
        }
        return result;
    }

    private Value apply(Stage stage, Value input, Optional<String> label, Context context) {
        Expression operation = stage.operation();
        Value value = evaluator.evaluateStage(operation, context);
        if (value instanceof StageValue waiting) {
            return applications.apply(waiting, input, label, operation.span(), context);
        }
        if (!value.isUnknown()) {
            run.fault(ValueFaults.needsStage(value, operation.span()), context);
        }
        return Value.unknown();
    }

    /** Evaluates the labels of stages. */
    private static final class Labels {
        private static final int LONGEST = 200;

        /** A hyphen, which no text of a label can hold, may come from a string: some published names have one. */
        private static final Pattern WHOLE = Pattern.compile("\\w[\\w-]*(\\.\\w[\\w-]*)*");

        private final Evaluator evaluator;
        private final ModelRun run;

        private Labels(Evaluator evaluator, ModelRun run) {
            this.evaluator = evaluator;
            this.run = run;
        }

        /** The text of a label with its holes filled; empty after a fault. */
        private Optional<String> text(Label label, Context context) {
            StringBuilder text = new StringBuilder();
            boolean hasSign = false;
            for (Label.Part part : label.parts()) {
                if (part instanceof Label.Text plain) {
                    text.append(plain.text());
                } else if (part instanceof Label.Hole hole) {
                    Value value = evaluator.evaluate(hole.expression(), context);
                    if (value.isUnknown()) {
                        return Optional.empty();
                    }
                    String shown = value instanceof Value.Text string ? string.value() : ValueText.of(value);
                    hasSign |= !(value instanceof Value.Text) && shown.startsWith("-");
                    text.append(shown);
                }
            }
            String whole = text.toString();
            if (hasSign || whole.length() > LONGEST || !WHOLE.matcher(whole).matches()) {
                run.fault(ValueFaults.labelForm(cut(whole), label.span()), context);
                return Optional.empty();
            }
            return Optional.of(whole);
        }

        private static String cut(String text) {
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }
    }
}
