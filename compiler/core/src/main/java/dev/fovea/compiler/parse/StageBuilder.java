package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Label;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.ShapePattern;
import dev.fovea.compiler.syntax.Stage;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds the stages of pipelines with their labels and stated shapes, and the labels that recipes name. */
final class StageBuilder {

    /** Segments joined by dots; {@code #} stands for an expression in braces. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_#]++(?:\\.[A-Za-z0-9_#]++)*+");

    private final Tree tree;
    private final ExpressionBuilder expressions;

    StageBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    Stage build(CnnParser.StageContext context) {
        CnnParser.StageOperationContext operation = context.stageOperation();
        ParserRuleContext applied = operation.identifier() != null ? operation.identifier() : operation.expression();
        return new Stage(
                Optional.ofNullable(context.label()).map(this::label),
                expressions.operations().postfixed(applied, operation.postfix()),
                ascriptions(context.ascription()),
                tree.span(context));
    }

    List<ShapePattern> ascriptions(List<CnnParser.AscriptionContext> contexts) {
        return contexts.stream().map(this::ascription).toList();
    }

    private ShapePattern ascription(CnnParser.AscriptionContext context) {
        List<ShapePattern.Size> sizes = new ArrayList<>();
        for (Expression size : expressions.list(context.list()).elements()) {
            boolean any = size instanceof Expression.Name name && name.name().equals("_");
            sizes.add(any ? new ShapePattern.Any(size.span()) : new ShapePattern.Exactly(size, size.span()));
        }
        return new ShapePattern(sizes, tree.span(context.list()));
    }

    private Label label(CnnParser.LabelContext context) {
        List<Label.Part> parts = new ArrayList<>();
        StringBuilder outline = new StringBuilder();
        boolean touching = true;
        int end = context.getStart().getStartIndex();
        for (CnnParser.LabelPartContext part : context.labelPart()) {
            Span span = tree.span(part);
            touching &= span.start() == end;
            end = span.end();
            if (part.expression() != null) {
                outline.append('#');
                parts.add(new Label.Hole(expressions.build(part.expression()), span));
                continue;
            }
            outline.append(part.getText());
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last) instanceof Label.Text text) {
                parts.set(
                        last,
                        new Label.Text(text.text() + part.getText(), text.span().to(span)));
            } else {
                parts.add(new Label.Text(part.getText(), span));
            }
        }
        check(context, outline.toString(), touching);
        return new Label(parts, tree.span(context));
    }

    /** A layer as a recipe names it. */
    LabelPath path(CnnParser.LayerPathContext context) {
        Span span = tree.span(context);
        check(context, span.text(), true);
        return new LabelPath(span.text(), span);
    }

    private void check(ParserRuleContext context, String outline, boolean touching) {
        if (!touching || !LABEL.matcher(outline).matches()) {
            tree.report(
                    context,
                    Diagnostic.of(Code.MALFORMED_LABEL, tree.span(context), "this label is not in one piece")
                            .help("a label is made of letters, digits, `_` and `{expression}`, its segments joined by"
                                    + " dots, without spaces"));
        }
    }
}
