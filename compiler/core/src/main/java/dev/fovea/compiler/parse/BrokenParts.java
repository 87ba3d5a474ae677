package dev.fovea.compiler.parse;

import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body, of statements or of entries of a recipe: those that could be read, and in place of the others the words
 * that stand there.
 *
 * @param <C> the parser's part
 * @param <T> the part of the syntax tree
 */
final class BrokenParts<C extends ParserRuleContext, T> {
    private final Tree tree;
    private final Class<C> type;
    private final List<String> openers;
    private final Function<C, T> builder;
    private final BiFunction<Set<String>, Span, T> broken;
    private final List<Part<C, T>> parts = new ArrayList<>();

    /** A part; {@code broken} where it could not be read. */
    record Part<C extends ParserRuleContext, T>(List<C> contexts, T value, boolean broken) {
        /** Where it stands; only of a part that could be read. */
        C context() {
            return contexts.get(0);
        }
    }

    /**
     * A reader of bodies.
     *
     * @param openers the words that open a part
     * @param builder makes a part of one that the parser found no fault in
     * @param broken makes a part of the words in one that is at fault
     */
    BrokenParts(
            Tree tree,
            Class<C> type,
            List<String> openers,
            Function<C, T> builder,
            BiFunction<Set<String>, Span, T> broken) {
        this.tree = tree;
        this.type = type;
        this.openers = openers;
        this.builder = builder;
        this.broken = broken;
    }

    /** The parts in order. */
    List<Part<C, T>> read(ParserRuleContext body) {
        List<Token> between = new ArrayList<>();
        List<ParseTree> children = body.children == null ? List.of() : body.children;
        for (int i = 0; i < children.size(); i++) {
            ParseTree child = children.get(i);
            boolean isBrace =
                    i == 0 || (i == children.size() - 1 && child.getText().equals("}"));
            if (type.isInstance(child)) {
                between(between);
                part(type.cast(child), i + 1 < children.size() ? children.get(i + 1) : null);
            } else if (child instanceof TerminalNode leaf && !isBrace) {
                between.add(leaf.getSymbol());
            }
        }
        between(between);
        if (body.exception != null) {
            rest(body);
        }
        return parts;
    }

    private void part(C context, @Nullable ParseTree next) {
        Token stop = context.getStop() == null ? context.getStart() : context.getStop();
        if (!tree.log().isBroken(context)) {
            T value = builder.apply(context);
            int end = next instanceof ParserRuleContext following
                    ? following.getStart().getStartIndex()
                    : stop.getStopIndex() + 1;
            if (!tree.log().isBroken(context)
                    && !tree.log().isGarbled(context.getStart().getStartIndex(), end)) {
                parts.add(new Part<>(List.of(context), value, false));
                return;
            }
        }
        broken(context.getStart(), stop);
    }

    /** Words between two parts: they belong to the part in front of them, unless they look like one of their own. */
    private void between(List<Token> words) {
        if (words.isEmpty()) {
            return;
        }
        Token first = words.get(0);
        Token last = words.get(words.size() - 1);
        boolean isOwn = NearestWord.among(openers, first.getText()).isPresent()
                || (words.size() > 1 && words.get(1).getType() == CnnParser.ASSIGN);
        if (!isOwn && !parts.isEmpty() && !parts.get(parts.size() - 1).broken()) {
            first = parts.remove(parts.size() - 1).context().getStart();
        }
        broken(first, last);
        words.clear();
    }

    /** What was skipped behind a body that has no end. */
    private void rest(ParserRuleContext body) {
        RuleContext item = body;
        while (item.parent != null
                && !(item instanceof CnnParser.ItemContext || item instanceof CnnParser.RecipeItemContext)) {
            item = item.parent;
        }
        Token last = ((ParserRuleContext) item).getStop();
        int read = body.children == null || body.getStop() == null
                ? body.getStart().getTokenIndex() - 1
                : body.getStop().getTokenIndex();
        if (last != null && last.getTokenIndex() > read) {
            broken(tree.tokens().get(read + 1), last);
        } else {
            parts.add(new Part<>(List.of(), broken.apply(Set.of(), tree.span(body.getStart())), true));
        }
    }

    private void broken(Token first, Token last) {
        parts.add(new Part<>(List.of(), broken.apply(tree.words(first, last), tree.span(first, last)), true));
    }
}
