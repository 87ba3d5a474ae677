package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The bodies of blocks and models, a statement a line. */
final class BodyLayout {

    private final ExpressionLayout expressions;

    BodyLayout(ExpressionLayout expressions) {
        this.expressions = expressions;
    }

    /** A body; one whose only statement shares the line with its braces keeps that. */
    Doc body(Branch body) {
        List<Element> statements = body.children().subList(1, body.children().size() - 1);
        Element close = body.children().get(body.children().size() - 1);
        Doc open = Words.tight(body.children().get(0));
        if (statements.isEmpty()) {
            return Docs.of(open, Words.tight(close));
        }
        boolean inline =
                statements.size() == 1 && !Words.first(statements.get(0)).beginsLine();
        List<Doc> parts = new ArrayList<>();
        for (Element statement : statements) {
            boolean apart = !parts.isEmpty() && Words.first(statement).followsEmptyLine();
            parts.add(inline ? Docs.LINE : new Doc.Hard(apart ? 2 : 1));
            parts.add(annotated((Branch) statement, this::statement));
        }
        return closed(open, parts, close, inline);
    }

    /** Braces around parts, the comments of the closing one indented with them. */
    static Doc closed(Doc open, List<Doc> parts, Element close, boolean inline) {
        Element.Leaf brace = Words.first(close);
        List<Doc> inner = new ArrayList<>(parts);
        if (!brace.before().isEmpty()) {
            inner.add(new Doc.Hard(1));
            inner.add(Words.before(brace));
        }
        Doc end = Docs.of(inline ? Docs.LINE : Docs.HARD, Docs.text(brace.text()));
        return Docs.of(Docs.group(open, Docs.nest(Docs.of(inner)), end), Words.after(brace));
    }

    /** What has annotations in front: a line for each. */
    Doc annotated(Branch declaration, Function<Branch, Doc> layout) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : declaration.children()) {
            Branch branch = (Branch) child;
            if (branch.rule() == Rule.ANNOTATION) {
                parts.add(expressions.of(branch));
                parts.add(Docs.HARD);
            } else {
                parts.add(layout.apply(branch));
            }
        }
        return Docs.of(parts);
    }

    private Doc statement(Branch statement) {
        if (statement.rule() == Rule.OUTPUT_STATEMENT) {
            return output(statement);
        }
        List<Doc> parts = new ArrayList<>();
        for (Element child : statement.children()) {
            boolean tight = parts.isEmpty() || Words.isWord(child, ",") || Words.isWord(child, ":");
            parts.add(tight ? Docs.of() : Docs.SPACE);
            parts.add(expressions.of(child));
        }
        return Docs.of(parts);
    }

    private Doc output(Branch statement) {
        List<Doc> parts = new ArrayList<>();
        boolean open = true;
        for (Element child : statement.children()) {
            boolean bracket = Words.isWord(child, "(") || Words.isWord(child, ")");
            parts.add(open || bracket ? Docs.of() : Docs.SPACE);
            parts.add(expressions.of(child));
            open = Words.isWord(child, "(");
        }
        return Docs.of(parts);
    }
}
