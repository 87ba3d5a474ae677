package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Element.Leaf;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists between brackets. The breaks that the author put in front of elements are kept; without any, a list that does not fit
 * gets one element a line, or, where its elements are plain values, as many as fit.
 */
final class ListLayout {

    private static final String OPENERS = "([{";

    /** Whether a child is a comma behind the last element, which the layout leaves out where it has no comments. */
    static boolean isSpareComma(List<Element> children, int index) {
        boolean last = index > 1 && index == children.size() - 2 && children.get(index) instanceof Leaf;
        return last
                && Words.isWord(children.get(index), ",")
                && !Words.first(children.get(index)).isCommented()
                && OPENERS.contains(Words.first(children.get(0)).text())
                && children.get(index - 1) instanceof Branch;
    }

    /** A list with its brackets. */
    Doc list(Branch list, Function<Branch, Doc> element) {
        List<Element> children = list.children();
        List<Doc> items = new ArrayList<>();
        List<Boolean> begins = new ArrayList<>();
        Doc item = Docs.of();
        boolean atStart = true;
        for (int i = 1; i < children.size() - 1; i++) {
            Element child = children.get(i);
            if (isSpareComma(children, i)) {
                continue;
            }
            if (atStart) {
                begins.add(Words.first(child).beginsLine());
            }
            boolean comma = Words.isWord(child, ",");
            item = Docs.of(item, child instanceof Branch branch ? element.apply(branch) : Words.tight(child));
            atStart = comma;
            if (comma) {
                items.add(item);
                item = Docs.of();
            }
        }
        if (!atStart) {
            items.add(item);
        }
        Leaf close = Words.first(children.get(children.size() - 1));
        Doc open = Words.tight(children.get(0));
        Doc end = Docs.of(Docs.text(close.text()), Words.after(close));
        if (closesOnALineOfItsOwn(list, items) && close.before().isEmpty()) {
            return begins.contains(true)
                    ? Docs.of(open, Docs.nest(joined(items, begins, null, Docs.HARD)), Docs.HARD, end)
                    : Docs.group(open, Docs.nest(joined(items, begins, Docs.LINE, Docs.SOFT)), Docs.SOFT, end);
        }
        return Docs.of(open, Docs.nest(Docs.of(items(list, items, begins), Words.before(close))), end);
    }

    /** Parameters on lines of their own would otherwise look like statements of the body below them. */
    private static boolean closesOnALineOfItsOwn(Branch list, List<Doc> items) {
        return list.rule() == Rule.PARAMETERS
                && !items.isEmpty()
                && items.stream().noneMatch(Doc::isBroken);
    }

    private static Doc items(Branch list, List<Doc> items, List<Boolean> begins) {
        if (items.isEmpty()) {
            return Docs.of();
        }
        boolean kept = begins.contains(true);
        boolean broken = items.stream().anyMatch(Doc::isBroken);
        if (!kept && broken) {
            return joined(items, begins, Docs.SPACE, Docs.of());
        }
        if (!kept && !isPlain(list)) {
            return new Doc.Group(joined(items, begins, Docs.LINE, Docs.SOFT));
        }
        if (kept) {
            return joined(items, begins, null, Docs.HARD);
        }
        Doc one = joined(items, begins, Docs.SPACE, Docs.of());
        return one.width() < DocPrinter.WIDTH / 2 ? one : new Doc.Group(joined(items, begins, null, Docs.SOFT));
    }

    /** Elements with something between them; without a separator, each breaks where the author did or where it must. */
    private static Doc joined(List<Doc> items, List<Boolean> begins, @Nullable Doc separator, Doc first) {
        List<Doc> parts = new ArrayList<>();
        parts.add(first);
        for (int i = 0; i < items.size(); i++) {
            if (i == 0) {
                parts.add(items.get(i));
            } else if (separator != null) {
                parts.add(separator);
                parts.add(items.get(i));
            } else if (begins.get(i)) {
                parts.add(Docs.HARD);
                parts.add(items.get(i));
            } else {
                parts.add(
                        items.get(i).isBroken()
                                ? Docs.of(Docs.SPACE, items.get(i))
                                : Docs.group(Docs.LINE, items.get(i)));
            }
        }
        return Docs.of(parts);
    }

    /** Whether the elements are values that need no lines of their own. */
    private static boolean isPlain(Branch list) {
        return list.rule() == Rule.LIST
                && list.children().stream()
                        .filter(Branch.class::isInstance)
                        .map(Branch.class::cast)
                        .allMatch(ListLayout::isValue);
    }

    private static boolean isValue(Branch element) {
        Branch at = element;
        while (at.rule() != Rule.PRIMARY) {
            boolean single = at.children().size() == 1 && at.children().get(0) instanceof Branch;
            if (!single) {
                return at.rule() == Rule.OPERAND
                        && at.child(Rule.PREFIX_OPERATOR).isPresent();
            }
            at = (Branch) at.children().get(0);
        }
        return true;
    }
}
