package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Element.Leaf;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;

/** Tokens with their comments, and questions about elements. */
final class Words {

    private Words() {}

    /** A token with its comments. */
    static Doc word(Leaf leaf) {
        if (!leaf.isCommented()) {
            return Docs.text(leaf.text());
        }
        return Docs.of(before(leaf), Docs.text(leaf.text()), after(leaf));
    }

    /** The comments in front of a token, and the line end behind them. */
    static Doc before(Leaf leaf) {
        List<Doc> parts = new ArrayList<>();
        leaf.before().forEach(comment -> parts.add(new Doc.Remark(comment, false)));
        if (!parts.isEmpty() && leaf.breaks() > 0) {
            parts.add(new Doc.Hard(Math.min(2, leaf.breaks())));
        }
        return Docs.of(parts);
    }

    /** The comments behind a token. */
    static Doc after(Leaf leaf) {
        return Docs.of(leaf.after().stream()
                .<Doc>map(comment -> new Doc.Remark(comment, true))
                .toList());
    }

    /** The tokens of an element without anything between them. */
    static Doc tight(Element element) {
        if (element instanceof Leaf leaf) {
            return word(leaf);
        }
        return Docs.of(((Branch) element).children().stream().map(Words::tight).toList());
    }

    static boolean isRule(Element element, Rule rule) {
        return element instanceof Branch branch && branch.rule() == rule;
    }

    static boolean isWord(Element element, String text) {
        return element instanceof Leaf leaf && leaf.text().equals(text);
    }

    /** The first token of an element. */
    static Leaf first(Element element) {
        return element instanceof Branch branch ? branch.first() : (Leaf) element;
    }
}
