package dev.fovea.compiler.parse;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Comment;
import dev.fovea.compiler.syntax.concrete.Rule;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds the concrete syntax tree of a file without faults: the parse tree with the comments beside the tokens. */
final class ConcreteBuilder {

    private static final List<Rule> RULES = Arrays.stream(CnnParser.ruleNames)
            .map(name -> Rule.valueOf(name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT)))
            .toList();

    private final SourceFile source;
    private final List<Token> tokens;

    ConcreteBuilder(SourceFile source, CommonTokenStream tokens) {
        this.source = source;
        this.tokens = tokens.getTokens();
    }

    Element.Branch build(ParserRuleContext context) {
        List<Element> children = new ArrayList<>();
        for (ParseTree child : context.children == null ? List.<ParseTree>of() : context.children) {
            if (child instanceof TerminalNode leaf) {
                if (!isMarker(leaf.getSymbol())) {
                    children.add(leaf(leaf.getSymbol()));
                }
            } else {
                children.add(build((ParserRuleContext) child));
            }
        }
        return new Element.Branch(RULES.get(context.getRuleIndex()), children);
    }

    private static boolean isMarker(Token token) {
        return token.getType() == CnnParser.LABEL_START || token.getType() == CnnParser.LABEL_END;
    }

    private Element.Leaf leaf(Token token) {
        String text = token.getType() == Token.EOF ? "" : token.getText();
        int index = token.getTokenIndex();
        List<Comment> before = comments(previous(index) + 1, index);
        if (isTrailing(index, before)) {
            before = before.subList(sameLine(before), before.size());
        }
        List<Comment> after = List.of();
        if (token.getType() != Token.EOF) {
            int next = next(index);
            List<Comment> between = comments(index + 1, next);
            after = isTrailing(next, between) ? between.subList(0, sameLine(between)) : List.of();
        }
        return new Element.Leaf(text, before, breaks(index), after);
    }

    /** Whether the comments that follow the token before a token on its line are the last on their line. */
    private boolean isTrailing(int index, List<Comment> before) {
        int same = sameLine(before);
        boolean follows =
                same < before.size() || breaks(index) > 0 || tokens.get(index).getType() == Token.EOF;
        return previous(index) >= 0 && same > 0 && follows;
    }

    private static int sameLine(List<Comment> comments) {
        int count = 0;
        while (count < comments.size() && comments.get(count).breaks() == 0) {
            count++;
        }
        return count;
    }

    private List<Comment> comments(int from, int to) {
        List<Comment> comments = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (!isMarker(tokens.get(i))) {
                comments.add(new Comment(clean(tokens.get(i).getText()), breaks(i)));
            }
        }
        return comments;
    }

    private static String clean(String comment) {
        return Arrays.stream(comment.split("\r?\n", -1))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    private int previous(int index) {
        int at = index - 1;
        while (at >= 0 && !isReal(tokens.get(at))) {
            at--;
        }
        return at;
    }

    private int next(int index) {
        int at = index + 1;
        while (!isReal(tokens.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean isReal(Token token) {
        return token.getChannel() == Token.DEFAULT_CHANNEL && !isMarker(token);
    }

    /** The line ends in front of a token or comment. */
    private int breaks(int index) {
        int before = index - 1;
        while (before >= 0 && isMarker(tokens.get(before))) {
            before--;
        }
        int from = before < 0 ? 0 : tokens.get(before).getStopIndex() + 1;
        int to = tokens.get(index).getStartIndex();
        int breaks = 0;
        String text = source.text();
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean carriageReturn = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            breaks += c == '\n' || carriageReturn ? 1 : 0;
        }
        return breaks;
    }
}
