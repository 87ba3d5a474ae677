package dev.fovea.compiler.parse;

import dev.fovea.grammar.CnnParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** The generated parser with a limit to nesting, so that no text can exhaust the stack. */
final class NestingParser extends CnnParser {

    /** Expressions, types or phases inside one another. */
    static final int LIMIT = 500;

    private int depth;

    NestingParser(TokenStream tokens) {
        super(tokens);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int ruleIndex) {
        if (nests(ruleIndex)) {
            if (depth == LIMIT) {
                throw new TooDeep(this, getContext(), getCurrentToken());
            }
            depth++;
        }
        super.enterRule(context, state, ruleIndex);
    }

    @Override
    public void exitRule() {
        if (nests(getContext().getRuleIndex())) {
            depth--;
        }
        super.exitRule();
    }

    private static boolean nests(int ruleIndex) {
        return ruleIndex == RULE_expression || ruleIndex == RULE_type || ruleIndex == RULE_recipeBody;
    }

    /** Thrown, and caught in this package, where a text is nested more deeply than the limit. */
    static final class TooDeep extends RecognitionException {

        private static final long serialVersionUID = 1L;

        TooDeep(NestingParser parser, ParserRuleContext context, Token token) {
            super(parser, parser.getInputStream(), context);
            setOffendingToken(token);
        }
    }
}
