package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.grammar.CnnParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * Where to go on after a fault: behind the statement, the entry of a recipe or the item of the file that holds it.
 *
 * <p>A fault unwinds the rules up to the next of these, which alone skips tokens. Nothing is inserted or deleted, so that
 * one fault does not breed others.
 */
final class SyntaxErrorStrategy extends DefaultErrorStrategy {

    private final CommonTokenStream tokens;
    private final SyntaxMessages messages;
    private final FaultLog log;
    private final Landing landing;

    /** Keywords that were given to something as its name: where that is read, they are the same fault once more. */
    private final Set<Integer> takenAsNames = new HashSet<>();

    private @Nullable RecognitionException handled;
    private int lastReported = -1;
    private boolean silentAtEnd;

    SyntaxErrorStrategy(CommonTokenStream tokens, SyntaxMessages messages, FaultLog log) {
        this.tokens = tokens;
        this.messages = messages;
        this.log = log;
        this.landing = new Landing(tokens);
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    @Override
    public void reportMatch(Parser parser) {}

    /** Called in front of each element of a loop: what cannot begin a statement, an entry or an item is skipped here. */
    @Override
    public void sync(Parser parser) {
        ParserRuleContext context = parser.getContext();
        Token next = parser.getCurrentToken();
        if (context instanceof CnnParser.FileContext) {
            while (next.getType() != Token.EOF && !Landing.opensItem(next.getType())) {
                fault(parser, next);
                if (!TokenContext.isCloser(next.getType())) {
                    log.markNamesIncomplete();
                }
                parser.consume();
                next = skip(parser, 0, landing::isItem);
            }
        } else if (context instanceof CnnParser.BodyContext) {
            while (!Landing.opensStatement(next.getType()) && !endsBody(next)) {
                fault(parser, next);
                parser.consume();
                next = skip(parser, 0, landing::isStatement);
            }
        } else if (context instanceof CnnParser.RecipeBodyContext) {
            while (!Landing.opensEntry(next.getType()) && !endsBody(next)) {
                fault(parser, next);
                parser.consume();
                next = skip(parser, 0, landing::isEntry);
            }
        }
    }

    private boolean endsBody(Token next) {
        return next.getType() == CnnParser.RIGHT_BRACE
                || next.getType() == Token.EOF
                || Landing.isItemInFirstColumn(next);
    }

    private void fault(Parser parser, Token token) {
        report(parser.getContext(), token, parser::getExpectedTokens);
    }

    @Override
    public void reportError(Parser parser, RecognitionException fault) {
        if (fault == handled) {
            return;
        }
        handled = fault;
        ParserRuleContext context = parser.getContext();
        if (fault instanceof NestingParser.TooDeep) {
            log.report(context, messages.tooDeep(fault.getOffendingToken()));
            // What is open at the end of the text is what was nested too deeply.
            silentAtEnd = true;
            return;
        }
        report(context, fault.getOffendingToken(), fault::getExpectedTokens);
    }

    private void report(ParserRuleContext context, Token token, Supplier<IntervalSet> expected) {
        boolean silent = (silentAtEnd && token.getType() == Token.EOF) || takenAsNames.contains(token.getType());
        if (log.isFull() || silent || token.getTokenIndex() <= lastReported || followsLexicalFault(token)) {
            log.markBroken(context);
        } else {
            Diagnostic.Builder fault = messages.describe(context, token, expected.get());
            if (fault.code() == Code.KEYWORD_AS_NAME) {
                takenAsNames.add(token.getType());
            }
            log.report(context, fault);
        }
        lastReported = Math.max(lastReported, token.getTokenIndex());
    }

    /** Whether characters that are no token stand right in front of it: they are the fault, and are reported already. */
    private boolean followsLexicalFault(Token token) {
        List<Token> all = tokens.getTokens();
        for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
            Token before = all.get(i);
            if (before.getType() == CnnParser.UNTERMINATED_STRING
                    || before.getType() == CnnParser.UNTERMINATED_COMMENT
                    || before.getType() == CnnParser.UNEXPECTED_CHARACTER) {
                return true;
            }
            if (before.getChannel() == Token.DEFAULT_CHANNEL && !TokenContext.isMarker(before.getType())) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void recover(Parser parser, RecognitionException fault) {
        ParserRuleContext context = parser.getContext();
        int depth = landing.openBraces(context.getStart(), parser.getCurrentToken());
        if (context instanceof CnnParser.StatementContext) {
            skip(parser, depth, landing::isStatement);
        } else if (context instanceof CnnParser.RecipeItemContext) {
            skip(parser, depth, landing::isEntry);
        } else if (context instanceof CnnParser.ItemContext) {
            skip(parser, depth, landing::isItem);
        } else {
            throw fault;
        }
    }

    private Token skip(Parser parser, int openBraces, BiPredicate<Token, Integer> reached) {
        int depth = openBraces;
        Token next = parser.getCurrentToken();
        // A text with that many faults is something else than a .cnn file: its rest is not worth the time.
        while (next.getType() != Token.EOF && (log.isFull() || !reached.test(next, depth))) {
            depth = Landing.depthAfter(next, depth);
            parser.consume();
            next = parser.getCurrentToken();
        }
        if (log.isFull()) {
            log.markNamesIncomplete();
        }
        if (next.getType() == Token.EOF && depth > 0) {
            // The brace that is missing here was opened in what has just been skipped.
            lastReported = next.getTokenIndex();
        }
        return next;
    }
}
