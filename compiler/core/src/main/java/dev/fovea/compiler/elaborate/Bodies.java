package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.MessageTemplate;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.util.List;

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
        for (Statement statement : block.body()) {
            Context here = inside.allowing(Warnings.allowedBy(statement.annotations()));
            if (statement instanceof Statement.Return result) {
                Value value = evaluator.evaluate(result.value(), here);
                if (value instanceof StageValue) {
                    run.fault(ValueFaults.needsTensor(value, result.value().span()), here);
                    return Value.unknown();
                }
                return value;
            }
            common(statement, here);
        }
        return Value.unknown();
    }

    /** Works through a {@code let} or an {@code assert}. */
    void common(Statement statement, Context context) {
        if (statement instanceof Statement.Let let) {
            context.scope().define(let.name().name(), evaluator.evaluate(let.value(), context));
        } else if (statement instanceof Statement.Assert claim) {
            require(claim, context);
        }
    }

    private void require(Statement.Assert claim, Context context) {
        Value value = evaluator.evaluate(claim.condition(), context);
        if (value instanceof Value.Bool truth) {
            if (!truth.value()) {
                String message = claim.message()
                        .map(template -> message(template, context))
                        .filter(text -> !text.isBlank())
                        .orElse("an assertion does not hold");
                run.fault(
                        ValueFaults.assertion(
                                message, List.of(), claim.condition().span()),
                        context);
            }
        } else if (!value.isUnknown()) {
            run.fault(ValueFaults.notACondition(value, claim.condition().span()), context);
        }
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
