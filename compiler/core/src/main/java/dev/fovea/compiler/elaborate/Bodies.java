package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.BodyNames;
import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.MessageTemplate;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.util.List;
import java.util.Optional;

/** Works through the statements that blocks and models have in common. */
final class Bodies {
    private final Evaluator evaluator;
    private final ModelRun run;

    Bodies(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
    }

    /** The value that a block returns; its parameters are defined. */
    Value block(Declaration.Block block, Context context) {
        Context inside = context.allowing(Warnings.allowedBy(block.annotations()));
        broken(block.body(), inside);
        boolean holds = true;
        for (Statement statement : block.body()) {
            Context here = inside.allowing(Warnings.allowedBy(statement.annotations()));
            if (statement instanceof Statement.Return result) {
                Value value = evaluator.evaluate(result.value(), here);
                if (value instanceof StageValue) {
                    run.fault(ValueFaults.needsTensor(value, result.value().span()), here);
                    return Value.unknown();
                }
                return holds ? value : Value.unknown();
            }
            holds &= common(statement, here);
        }
        return Value.unknown();
    }

    /**
     * Gives what faulty statements may have defined a value that nothing is known of.
     *
     * @return whether there are any, so that the layers are not all that were meant
     */
    boolean broken(List<Statement> body, Context context) {
        boolean any = body.stream().anyMatch(Statement.Broken.class::isInstance);
        if (any) {
            run.layers().markIncomplete();
            BodyNames.perhapsDefined(body, context.scope().file())
                    .forEach(name -> context.scope().define(name, Value.unknown()));
        }
        return any;
    }

    /**
     * Works through a {@code let} or an {@code assert}; false when the assertion does not hold, and nothing will be said
     * of what depends on the same figures.
     */
    boolean common(Statement statement, Context context) {
        if (statement instanceof Statement.Let let) {
            Origin origin = new Origin(Origin.Kind.DEFINITION, let.value().span(), Optional.of(context.scope()));
            context.scope().define(let.name().name(), evaluator.evaluate(let.value(), context), origin);
        }
        if (statement instanceof Statement.Assert claim && !holds(claim, context)) {
            // What the assertion guards would only say the same in other words.
            run.layers().markIncomplete();
            Doubt.cast(claim.condition().span(), context.scope(), run.budget());
            return false;
        }
        return true;
    }

    private boolean holds(Statement.Assert claim, Context context) {
        Value value = evaluator.evaluate(claim.condition(), context);
        if (value instanceof Value.Bool truth) {
            if (!truth.value()) {
                String message = claim.message()
                        .map(template -> message(template, context))
                        .filter(text -> !text.isBlank())
                        .orElse("an assertion does not hold");
                run.fault(
                        ValueFaults.assertion(
                                message,
                                label(claim, context),
                                claim.condition().span()),
                        context);
            }
            return truth.value();
        }
        if (!value.isUnknown()) {
            run.fault(ValueFaults.notACondition(value, claim.condition().span()), context);
        }
        return true;
    }

    /** What the two sides of a comparison come to. */
    private String label(Statement.Assert claim, Context context) {
        if (claim.condition() instanceof Expression.Binary binary
                && binary.operator().isComparison()) {
            Value left = evaluator.evaluate(binary.left(), context);
            Value right = evaluator.evaluate(binary.right(), context);
            return ValueText.of(left) + " " + binary.operator().symbol() + " " + ValueText.of(right) + " does not hold";
        }
        return "does not hold";
    }

    private String message(MessageTemplate template, Context context) {
        StringBuilder text = new StringBuilder();
        for (MessageTemplate.Part part : template.parts()) {
            if (part instanceof MessageTemplate.Text plain) {
                text.append(plain.text());
            } else if (part instanceof MessageTemplate.Hole hole) {
                Value value = evaluator.evaluate(hole.expression(), context);
                text.append(value instanceof Value.Text string ? string.value() : ValueText.of(value));
            }
        }
        return text.toString();
    }
}
