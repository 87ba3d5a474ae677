package dev.fovea.compiler.parse;

import dev.fovea.grammar.CnnParser;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Looks around a token: what stands before and behind it, and which bracket is open. */
final class TokenContext {

    private final CommonTokenStream tokens;

    TokenContext(CommonTokenStream tokens) {
        this.tokens = tokens;
    }

    /** The token before, comments not counted. */
    @Nullable
    Token before(Token token) {
        for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
            if (counts(tokens.get(i))) {
                return tokens.get(i);
            }
        }
        return null;
    }

    /** The type of the token behind, comments not counted. */
    int typeBehind(Token token) {
        for (int i = token.getTokenIndex() + 1; i < tokens.size(); i++) {
            if (counts(tokens.get(i))) {
                return tokens.get(i).getType();
            }
        }
        return Token.EOF;
    }

    private static boolean counts(Token token) {
        return token.getChannel() == Token.DEFAULT_CHANNEL && !isMarker(token.getType());
    }

    /**
     * The innermost bracket that is open in front of a token: one of the statement, entry or item around it, else the brace
     * of the body around that. Brackets that do not match are taken as they come.
     *
     * @param context the rule at work
     */
    Optional<Token> opener(RuleContext context, Token token) {
        int closed = 0;
        for (int i = token.getTokenIndex() - 1; i >= start(context); i--) {
            Token candidate = tokens.get(i);
            if (isCloser(candidate.getType())) {
                closed++;
            } else if (isOpener(candidate.getType()) && closed-- == 0) {
                return Optional.of(candidate);
            }
        }
        return body(context).map(ParserRuleContext::getStart);
    }

    /** Where the statement, entry or item around a rule begins; behind a body's brace where that is nearer. */
    private static int start(RuleContext context) {
        for (RuleContext at = context; at != null; at = at.parent) {
            if (at instanceof CnnParser.StatementContext
                    || at instanceof CnnParser.RecipeItemContext
                    || at instanceof CnnParser.ItemContext) {
                return ((ParserRuleContext) at).getStart().getTokenIndex();
            }
            if (isBody(at)) {
                return Integer.MAX_VALUE;
            }
        }
        return 0;
    }

    /** The nearest body of statements or entries around a rule. */
    static Optional<ParserRuleContext> body(RuleContext context) {
        for (RuleContext at = context; at != null; at = at.parent) {
            if (isBody(at)) {
                return Optional.of((ParserRuleContext) at);
            }
        }
        return Optional.empty();
    }

    private static boolean isBody(RuleContext context) {
        return context instanceof CnnParser.BodyContext || context instanceof CnnParser.RecipeBodyContext;
    }

    /** Whether a token is empty and stands at the beginning or end of a label. */
    static boolean isMarker(int type) {
        return type == CnnParser.LABEL_START || type == CnnParser.LABEL_END;
    }

    static boolean isOpener(int type) {
        return type == CnnParser.LEFT_PARENTHESIS || type == CnnParser.LEFT_BRACKET || type == CnnParser.LEFT_BRACE;
    }

    static boolean isCloser(int type) {
        return type == CnnParser.RIGHT_PARENTHESIS || type == CnnParser.RIGHT_BRACKET || type == CnnParser.RIGHT_BRACE;
    }

    /** The type of the bracket that closes another. */
    static int closer(Token opener) {
        return switch (opener.getType()) {
            case CnnParser.LEFT_PARENTHESIS -> CnnParser.RIGHT_PARENTHESIS;
            case CnnParser.LEFT_BRACKET -> CnnParser.RIGHT_BRACKET;
            default -> CnnParser.RIGHT_BRACE;
        };
    }

    static boolean endsOperand(int type) {
        return isCloser(type)
                || (canBeginOperand(type) && !isOpener(type) && type != CnnParser.NOT && type != CnnParser.IF);
    }

    static boolean canBeginOperand(int type) {
        return switch (type) {
            case CnnParser.INTEGER,
                    CnnParser.FLOAT,
                    CnnParser.STRING,
                    CnnParser.TRUE,
                    CnnParser.FALSE,
                    CnnParser.IF,
                    CnnParser.NOT,
                    CnnParser.LEFT_PARENTHESIS,
                    CnnParser.LEFT_BRACKET -> true;
            default -> TokenWords.isName(type);
        };
    }

    static boolean isBinaryOperator(int type) {
        return (type >= CnnParser.EQUAL && type <= CnnParser.PERCENT && type != CnnParser.ASSIGN)
                || type == CnnParser.AND
                || type == CnnParser.OR;
    }

    static boolean sameLine(Token before, Token token) {
        return before.getLine() == token.getLine();
    }
}
