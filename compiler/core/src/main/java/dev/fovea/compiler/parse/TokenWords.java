package dev.fovea.compiler.parse;

import dev.fovea.grammar.CnnLexer;
import dev.fovea.grammar.CnnParser;
import org.antlr.v4.runtime.Token;

/** How messages speak of tokens: words and numbers in backticks, punctuation in quotes. */
final class TokenWords {

    private static final int LONGEST = 40;

    private TokenWords() {}

    /** A token of the text. */
    static String of(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the end of the file";
            case CnnParser.STRING, CnnParser.UNTERMINATED_STRING -> "a string";
            default -> {
                String text = token.getText();
                String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
                yield isPunctuation(token.getType()) ? "'" + shown + "'" : "`" + shown + "`";
            }
        };
    }

    /** A token that was expected. */
    static String ofType(int type) {
        if (type == Token.EOF) {
            return "the end of the file";
        }
        String literal = CnnLexer.VOCABULARY.getLiteralName(type);
        if (literal == null) {
            return switch (type) {
                case CnnParser.STRING, CnnParser.UNTERMINATED_STRING -> "a string";
                case CnnParser.INTEGER, CnnParser.FLOAT -> "a number";
                default -> "a name";
            };
        }
        return isPunctuation(type) ? literal : "`" + literal.substring(1, literal.length() - 1) + "`";
    }

    static boolean isPunctuation(int type) {
        return type >= CnnParser.ARROW && type <= CnnParser.RIGHT_BRACE;
    }

    /** Whether a token is a keyword, which cannot be a name. */
    static boolean isKeyword(int type) {
        return type >= CnnParser.PACKAGE && type <= CnnParser.FALSE;
    }

    /** Whether a token can be a name. */
    static boolean isName(int type) {
        return type >= CnnParser.LOSS && type <= CnnParser.IDENTIFIER;
    }
}
