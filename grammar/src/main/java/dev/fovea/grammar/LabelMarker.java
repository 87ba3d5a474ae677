package dev.fovea.grammar;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * Puts an empty {@code LABEL_START} token in front of the label of a stage, so that the parser knows a label by its first
 * token.
 *
 * <p>What a label is made of are several tokens ({@code features.0}, {@code downsample.1}, {@code layer{i}.in}), any of
 * which could begin something else as well. Behind an arrow, tokens that touch one another and end in front of a colon, or
 * that run into a brace, are a label: neither can be anything else there.
 */
public final class LabelMarker {

    private LabelMarker() {}

    /** The tokens of the lexer with labels marked, ready for the parser. */
    public static CommonTokenStream tokens(CnnLexer lexer) {
        List<? extends Token> tokens = lexer.getAllTokens();
        List<Token> marked = new ArrayList<>(tokens.size() + tokens.size() / 16);
        boolean afterArrow = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                if (afterArrow && beginsLabel(tokens, i)) {
                    marked.add(labelStart(token));
                }
                afterArrow = token.getType() == CnnLexer.ARROW;
            }
            marked.add(token);
        }
        // With its place, which a list of tokens does not know where the list is empty.
        marked.add(lexer.emitEOF());
        return new CommonTokenStream(new ListTokenSource(marked));
    }

    private static boolean beginsLabel(List<? extends Token> tokens, int first) {
        int index = first;
        while (index < tokens.size() && touches(tokens, first, index) && isLabelText(tokens.get(index))) {
            index++;
        }
        if (index < tokens.size()
                && touches(tokens, first, index)
                && tokens.get(index).getType() == CnnLexer.LEFT_BRACE) {
            return true;
        }
        while (index < tokens.size() && tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL) {
            index++;
        }
        return index > first && index < tokens.size() && tokens.get(index).getType() == CnnLexer.COLON;
    }

    private static boolean touches(List<? extends Token> tokens, int first, int index) {
        return index == first
                || tokens.get(index - 1).getStopIndex() + 1 == tokens.get(index).getStartIndex();
    }

    private static boolean isLabelText(Token token) {
        int type = token.getType();
        return type == CnnLexer.DOT || (type >= CnnLexer.PACKAGE && type <= CnnLexer.DOTTED_NUMERIC_NAME);
    }

    private static Token labelStart(Token before) {
        CommonToken token = new CommonToken(CnnLexer.LABEL_START, "");
        token.setStartIndex(before.getStartIndex());
        token.setStopIndex(before.getStartIndex() - 1);
        token.setLine(before.getLine());
        token.setCharPositionInLine(before.getCharPositionInLine());
        return token;
    }
}
