package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;

/** The bodies of recipes and phases. Entries that share a line keep that while they fit. */
final class RecipeLayout {

    private static final String GAP = "  ";

    private final ExpressionLayout expressions;

    RecipeLayout(ExpressionLayout expressions) {
        this.expressions = expressions;
    }

    Doc body(Branch body) {
        List<Element> entries = body.children().subList(1, body.children().size() - 1);
        Element close = body.children().get(body.children().size() - 1);
        Doc open = Words.tight(body.children().get(0));
        if (entries.isEmpty()) {
            return Docs.of(open, Words.tight(close));
        }
        boolean inline = entries.stream().noneMatch(entry -> Words.first(entry).beginsLine());
        List<Doc> parts = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Branch entry = (Branch) entries.get(i);
            parts.add(placed(entry, entry(entry), i, inline));
        }
        return BodyLayout.closed(open, parts, close, inline);
    }

    private static Doc placed(Branch entry, Doc doc, int index, boolean inline) {
        if (inline) {
            return Docs.of(index == 0 ? Docs.LINE : new Doc.Line(GAP), doc);
        }
        if (index == 0 || entry.first().beginsLine() || doc.isBroken()) {
            return Docs.of(new Doc.Hard(index > 0 && entry.first().followsEmptyLine() ? 2 : 1), doc);
        }
        return Docs.group(new Doc.Line(GAP), doc);
    }

    private Doc entry(Branch entry) {
        List<Element> children = entry.children();
        return switch (entry.first().text()) {
            case "phase" -> Docs.of(words(children.subList(0, 2)), Docs.SPACE, body((Branch) children.get(2)));
            case "augment" -> augment(children);
            default -> words(children);
        };
    }

    /** The steps one below the other where they do not share the line. */
    private Doc augment(List<Element> children) {
        List<Doc> steps = new ArrayList<>();
        for (int i = 2; i + 1 < children.size(); i += 2) {
            Doc step = Docs.of(expressions.of(children.get(i)), Docs.SPACE, expressions.of(children.get(i + 1)));
            boolean begins = Words.first(children.get(i)).beginsLine();
            if (i > 2) {
                steps.add(begins ? Docs.HARD : step.isBroken() ? Docs.SPACE : Docs.of());
                steps.add(begins || step.isBroken() ? step : Docs.group(Docs.LINE, step));
            } else {
                steps.add(step);
            }
        }
        return Docs.of(words(children.subList(0, 2)), Docs.SPACE, new Doc.Align(0, Docs.of(steps)));
    }

    private Doc words(List<Element> children) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : children) {
            boolean tight = parts.isEmpty() || Words.isWord(child, ",") || Words.isWord(child, ":");
            parts.add(tight ? Docs.of() : Docs.SPACE);
            parts.add(Words.isRule(child, Rule.LAYERS) ? layers((Branch) child) : expressions.of(child));
        }
        return Docs.of(parts);
    }

    private static Doc layers(Branch layers) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : layers.children()) {
            boolean tight = parts.isEmpty() || Words.isWord(child, ",");
            parts.add(tight ? Words.tight(child) : Docs.group(Docs.LINE, Words.tight(child)));
        }
        return Docs.nest(Docs.of(parts));
    }
}
