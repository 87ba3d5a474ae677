package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Pipelines. One that the author broke somewhere, or that does not fit, begins a line with every arrow that began one (or all
 * of them); the shapes stand in a column.
 */
final class PipelineLayout {

    private final ExpressionLayout expressions;
    private int columns;

    PipelineLayout(ExpressionLayout expressions) {
        this.expressions = expressions;
    }

    Doc pipeline(Branch pipeline) {
        List<Element> children = pipeline.children();
        if (children.size() > 1 && Words.isWord(children.get(1), "=>")) {
            return expressions.spaced(pipeline);
        }
        int column = columns++;
        boolean kept = children.stream()
                .anyMatch(
                        child -> Words.isWord(child, "->") && Words.first(child).beginsLine());
        Doc source = expressions.of(children.get(0));
        List<Doc> stages = new ArrayList<>();
        boolean broken = source.isBroken();
        int at = 1;
        while (at < children.size() && Words.isRule(children.get(at), Rule.ASCRIPTION)) {
            source = Docs.of(source, Docs.text("  "), expressions.of(children.get(at++)));
        }
        for (boolean first = true; at + 1 < children.size(); at += 2, first = false) {
            Element arrow = children.get(at);
            boolean begins = first || Words.first(arrow).beginsLine();
            boolean ends = at + 2 == children.size()
                    || Words.first(children.get(at + 2)).beginsLine();
            Doc stage = Docs.of(
                    expressions.of(arrow),
                    Docs.SPACE,
                    stage((Branch) children.get(at + 1), kept && ends ? new Doc.Mark(column) : Docs.of()));
            broken |= stage.isBroken();
            if (kept) {
                stages.add(begins ? Docs.of(Docs.HARD, stage) : chained(stage));
            } else {
                stages.add(stage);
            }
        }
        return kept ? Docs.of(source, Docs.nest(Docs.of(stages))) : unbroken(source, stages, broken);
    }

    private static Doc chained(Doc stage) {
        return stage.isBroken() ? Docs.of(Docs.SPACE, stage) : Docs.group(Docs.LINE, stage);
    }

    private static Doc unbroken(Doc source, List<Doc> stages, boolean broken) {
        List<Doc> parts = new ArrayList<>();
        for (Doc stage : stages) {
            parts.add(broken ? Docs.SPACE : Docs.LINE);
            parts.add(stage);
        }
        return Docs.group(source, Docs.nest(Docs.of(parts)));
    }

    Doc stage(Branch stage) {
        return stage(stage, Docs.of());
    }

    private Doc stage(Branch stage, Doc mark) {
        List<Doc> parts = new ArrayList<>();
        boolean marked = false;
        for (Element child : stage.children()) {
            if (Words.isRule(child, Rule.ASCRIPTION)) {
                parts.add(marked ? Docs.of() : mark);
                parts.add(Docs.text("  "));
                marked = true;
            }
            parts.add(expressions.of(child));
            parts.add(Words.isWord(child, ":") ? Docs.SPACE : Docs.of());
        }
        return Docs.of(parts);
    }
}
