package dev.fovea.compiler.parse;

import dev.fovea.grammar.CnnParser;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** The tokens at which parsing can go on after a fault. */
final class Landing {

    /** The words that open a declaration. */
    static final List<String> DECLARATIONS = List.of("const", "fun", "block", "model", "train");

    /** The words that open a statement. */
    static final List<String> STATEMENTS = List.of("input", "let", "assert", "expect", "output", "return");

    /** The words that open an entry of a recipe. */
    static final List<String> ENTRIES = List.of(
            "target",
            "loss",
            "optimizer",
            "schedule",
            "batch",
            "epochs",
            "augment",
            "metric",
            "freeze",
            "clip",
            "precision",
            "init",
            "layerwise",
            "seed",
            "checkpoint",
            "phase");

    private final CommonTokenStream tokens;

    Landing(CommonTokenStream tokens) {
        this.tokens = tokens;
    }

    /** Whether a package clause, an import or a declaration can begin with such a token. */
    static boolean opensItem(int type) {
        return type == CnnParser.AT || isItemKeyword(type);
    }

    private static boolean isItemKeyword(int type) {
        return switch (type) {
            case CnnParser.PACKAGE,
                    CnnParser.IMPORT,
                    CnnParser.CONST,
                    CnnParser.FUN,
                    CnnParser.BLOCK,
                    CnnParser.MODEL,
                    CnnParser.TRAIN -> true;
            default -> false;
        };
    }

    /** Whether a statement can begin with such a token. */
    static boolean opensStatement(int type) {
        return switch (type) {
            case CnnParser.AT,
                    CnnParser.INPUT,
                    CnnParser.LET,
                    CnnParser.ASSERT,
                    CnnParser.EXPECT,
                    CnnParser.OUTPUT,
                    CnnParser.RETURN -> true;
            default -> false;
        };
    }

    /** Whether an entry of a recipe can begin with such a token. */
    static boolean opensEntry(int type) {
        return type == CnnParser.PHASE
                || type == CnnParser.TARGET
                || (type >= CnnParser.LOSS && type <= CnnParser.CHECKPOINT && type != CnnParser.ON);
    }

    /** Whether an item certainly begins here: its keyword stands in the first column, where no body has one. */
    static boolean isItemInFirstColumn(Token token) {
        return isItemKeyword(token.getType()) && token.getCharPositionInLine() == 0;
    }

    /**
     * Whether an item begins here.
     *
     * @param depth braces open around the token, counted from the item at fault
     */
    boolean isItem(Token token, int depth) {
        return isItemInFirstColumn(token)
                || isMisspelt(token, depth, DECLARATIONS)
                || (opensItem(token.getType())
                        && depth == 0
                        && (isFirstOnLine(token) || typeAt(token, -1) == CnnParser.RIGHT_BRACE));
    }

    /** Whether a statement begins or a body ends here. */
    boolean isStatement(Token token, int depth) {
        if (isItemInFirstColumn(token) || (token.getType() == CnnParser.RIGHT_BRACE && depth == 0)) {
            return true;
        }
        int before = typeAt(token, -1);
        boolean isName = before == CnnParser.LABEL_START
                || before == CnnParser.DOT
                || (!isFirstOnLine(token) && wantsName(before));
        // Only labels have braces within a body, so one that was never closed must not hide a statement.
        if (isMisspelt(token, depth, STATEMENTS)) {
            return true;
        }
        if (token.getType() == CnnParser.AT && !TokenWords.isName(typeAt(token, 1))) {
            return false;
        }
        return opensStatement(token.getType()) && !isName && (depth == 0 || isFirstOnLine(token));
    }

    /** Whether an entry of a recipe begins or its body ends here. */
    boolean isEntry(Token token, int depth) {
        if (isItemInFirstColumn(token) || (token.getType() == CnnParser.RIGHT_BRACE && depth == 0)) {
            return true;
        }
        if (!opensEntry(token.getType())) {
            return isMisspelt(token, depth, ENTRIES);
        }
        // These words are names elsewhere: an argument may be called epochs.
        return switch (typeAt(token, 1)) {
            case CnnParser.ASSIGN, CnnParser.COMMA, CnnParser.RIGHT_PARENTHESIS -> false;
            default -> isFirstOnLine(token) || endsOperand(typeAt(token, -1));
        };
    }

    /** Whether a word stands where a keyword would, looks like one, and has a name behind it: no expression has that. */
    private boolean isMisspelt(Token token, int depth, List<String> keywords) {
        return depth == 0
                && TokenWords.isName(token.getType())
                && TokenWords.isName(typeAt(token, 1))
                && isFirstOnLine(token)
                && NearestWord.among(keywords, token.getText()).isPresent();
    }

    /** Whether a keyword behind this, on the same line, is most likely meant as a name. */
    private static boolean wantsName(int before) {
        return switch (before) {
            case CnnParser.LET,
                    CnnParser.INPUT,
                    CnnParser.OUTPUT,
                    CnnParser.ASSIGN,
                    CnnParser.ARROW,
                    CnnParser.COMMA,
                    CnnParser.LEFT_PARENTHESIS -> true;
            default -> false;
        };
    }

    private static boolean endsOperand(int type) {
        return switch (type) {
            case CnnParser.RIGHT_PARENTHESIS,
                    CnnParser.RIGHT_BRACKET,
                    CnnParser.INTEGER,
                    CnnParser.FLOAT,
                    CnnParser.IDENTIFIER -> true;
            default -> false;
        };
    }

    /** How many braces are opened and not closed from one token to another, exclusive. */
    int openBraces(Token from, Token to) {
        int depth = 0;
        List<Token> all = tokens.getTokens();
        for (int i = from.getTokenIndex(); i < to.getTokenIndex(); i++) {
            depth = depthAfter(all.get(i), depth);
        }
        return depth;
    }

    /** The number of open braces behind a token. */
    static int depthAfter(Token token, int depth) {
        return switch (token.getType()) {
            case CnnParser.LEFT_BRACE -> depth + 1;
            case CnnParser.RIGHT_BRACE -> Math.max(0, depth - 1);
            default -> depth;
        };
    }

    private boolean isFirstOnLine(Token token) {
        int index = token.getTokenIndex();
        return index == 0 || tokens.get(index - 1).getLine() < token.getLine();
    }

    private int typeAt(Token token, int step) {
        int index = token.getTokenIndex() + step;
        while (index >= 0 && index < tokens.size() && tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL) {
            index += step;
        }
        return index < 0 || index >= tokens.size()
                ? Token.EOF
                : tokens.get(index).getType();
    }
}
