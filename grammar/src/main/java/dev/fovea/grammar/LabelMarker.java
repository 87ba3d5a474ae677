package dev.fovea.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * Puts the empty tokens {@code LABEL_START} and {@code LABEL_END} around the label of a stage, so that the parser knows a
 * label by its first token.
 *
 * <p>What a label is made of are several tokens ({@code features.0}, {@code downsample.1}, {@code layer{i}.in}), any of
 * which could begin something else as well. Behind an arrow, tokens that touch one another and end in front of a colon, or
 * that run into a brace, are a label: neither can be anything else there. Between braces a label may hold stages with
 * labels of their own.
 */
public final class LabelMarker {

    private final List<? extends Token> tokens;
    private final List<Token> marked;

    /** For each label that is not ended yet, innermost first, the braces that are open in it. */
    private final Deque<Integer> openBraces = new ArrayDeque<>();

    private LabelMarker(List<? extends Token> tokens) {
        this.tokens = tokens;
        this.marked = new ArrayList<>(tokens.size() + tokens.size() / 16);
    }

    /** The tokens of the lexer with labels marked, ready for the parser. */
    public static CommonTokenStream tokens(CnnLexer lexer) {
        LabelMarker marker = new LabelMarker(lexer.getAllTokens());
        marker.mark();
        // With its place, which a list of tokens does not know where the list is empty.
        marker.marked.add(lexer.emitEOF());
        return new CommonTokenStream(new ListTokenSource(marker.marked));
    }

    private void mark() {
        boolean afterArrow = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean starts = afterArrow && token.getChannel() == Token.DEFAULT_CHANNEL && beginsLabel(i);
            if (starts) {
                marked.add(marker(CnnLexer.LABEL_START, token.getStartIndex(), token));
                openBraces.push(0);
            }
            while (!starts && isAtLabelText() && !(touches(i) && isLabelPart(token))) {
                openBraces.pop();
                marked.add(marker(CnnLexer.LABEL_END, tokens.get(i - 1).getStopIndex() + 1, tokens.get(i - 1)));
            }
            countBraces(token);
            marked.add(token);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                afterArrow = token.getType() == CnnLexer.ARROW;
            }
        }
    }

    private boolean isAtLabelText() {
        return !openBraces.isEmpty() && openBraces.peek() == 0;
    }

    private void countBraces(Token token) {
        if (!openBraces.isEmpty() && token.getType() == CnnLexer.LEFT_BRACE) {
            openBraces.push(openBraces.pop() + 1);
        } else if (!openBraces.isEmpty() && token.getType() == CnnLexer.RIGHT_BRACE) {
            openBraces.push(openBraces.pop() - 1);
        }
    }

    private boolean beginsLabel(int first) {
        int index = first;
        while (index < tokens.size() && (index == first || touches(index)) && isLabelText(tokens.get(index))) {
            index++;
        }
        if (index < tokens.size()
                && (index == first || touches(index))
                && tokens.get(index).getType() == CnnLexer.LEFT_BRACE) {
            return true;
        }
        while (index < tokens.size() && tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL) {
            index++;
        }
        return index > first && index < tokens.size() && tokens.get(index).getType() == CnnLexer.COLON;
    }

    /** Whether nothing stands between a token and the one before. */
    private boolean touches(int index) {
        return tokens.get(index - 1).getStopIndex() + 1 == tokens.get(index).getStartIndex();
    }

    private static boolean isLabelPart(Token token) {
        return isLabelText(token) || token.getType() == CnnLexer.LEFT_BRACE;
    }

    private static boolean isLabelText(Token token) {
        int type = token.getType();
        return type == CnnLexer.DOT || (type >= CnnLexer.PACKAGE && type <= CnnLexer.DOTTED_NUMERIC_NAME);
    }

    private static Token marker(int type, int offset, Token beside) {
        CommonToken token = new CommonToken(type, "");
        token.setStartIndex(offset);
        token.setStopIndex(offset - 1);
        token.setLine(beside.getLine());
        token.setCharPositionInLine(beside.getCharPositionInLine());
        return token;
    }
}
