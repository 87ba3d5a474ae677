package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * The words for a token that does not fit.
 *
 * <p>They follow from four things: the rule at work, the token before, the token at fault, and what could have stood
 * there. A thing that is missing at the end of a line is shown behind that line, not at the next.
 */
final class SyntaxMessages {

    private static final List<String> ITEM_WORDS =
            List.of("package", "import", "const", "fun", "block", "model", "train");
    private static final List<String> STATEMENT_WORDS = List.of("input", "let", "assert", "expect", "output", "return");
    private static final List<String> ENTRY_WORDS = List.of(
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

    private final SourceFile source;
    private final CommonTokenStream tokens;

    SyntaxMessages(SourceFile source, CommonTokenStream tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** The message for nesting beyond the limit. */
    Diagnostic.Builder tooDeep(Token token) {
        return Diagnostic.of(Code.NESTING_TOO_DEEP, span(token), "this is nested too deeply")
                .note("limit: " + NestingParser.LIMIT + " levels")
                .help("give parts of it names with `let`, `fun` or `block`");
    }

    /**
     * The message for a token that does not fit.
     *
     * @param context the rule at work
     * @param token the token at fault
     * @param expected the types of tokens that could have stood there
     */
    Diagnostic.Builder describe(ParserRuleContext context, Token token, IntervalSet expected) {
        @Nullable Token before = before(token);
        if (token.getType() == CnnParser.NUMERIC_NAME || token.getType() == CnnParser.DOTTED_NUMERIC_NAME) {
            return at(Code.MALFORMED_NUMBER, token, TokenWords.of(token) + " is neither a number nor a name");
        }
        if (context instanceof CnnParser.FileContext) {
            return misplaced(Code.EXPECTED_DECLARATION, before, token, "a declaration", ITEM_WORDS);
        }
        if (context instanceof CnnParser.BodyContext && expected.contains(CnnParser.LET)) {
            return inBody(Code.EXPECTED_STATEMENT, before, token, "a statement", STATEMENT_WORDS);
        }
        if (context instanceof CnnParser.RecipeBodyContext && expected.contains(CnnParser.LOSS)) {
            return inBody(Code.EXPECTED_ENTRY, before, token, "an entry", ENTRY_WORDS);
        }
        if (before == null) {
            return missing(Code.EXPECTED_TOKEN, null, token, "expected " + words(expected));
        }
        if (before.getType() == CnnParser.ARROW) {
            return afterArrow(context, before, token);
        }
        if (expected.contains(CnnParser.INTEGER) && !endsOperand(before.getType())) {
            return missing(Code.EXPECTED_EXPRESSION, before, token, "expected " + operand(before));
        }
        Optional<Token> opener = opener(token);
        if (opener.isPresent() && endsOperand(before.getType()) && expected.contains(closer(opener.get()))) {
            return unclosed(opener.get(), before, token, expected.contains(CnnParser.COMMA));
        }
        if (expected.contains(CnnParser.IDENTIFIER) && !endsOperand(before.getType())) {
            return missingName(context, before, token);
        }
        return missing(Code.EXPECTED_TOKEN, before, token, required(context, before, expected));
    }

    private Diagnostic.Builder inBody(
            Code code, @Nullable Token before, Token token, String thing, List<String> openers) {
        Optional<Token> opener = opener(token);
        boolean ends = token.getType() == Token.EOF || Landing.isItemInFirstColumn(token);
        if (ends && opener.isPresent() && before != null) {
            return unclosed(opener.get(), before, token, false);
        }
        return misplaced(code, before, token, thing, openers);
    }

    private Diagnostic.Builder misplaced(
            Code code, @Nullable Token before, Token token, String thing, List<String> openers) {
        Diagnostic.Builder fault;
        if (isCloser(token.getType())) {
            return at(Code.UNMATCHED_BRACKET, token, "this " + TokenWords.of(token) + " closes nothing");
        }
        if (token.getType() == CnnParser.FAT_ARROW) {
            return at(code, token, "an anonymous block cannot stand here")
                    .help("put it in parentheses to use it as a stage: `x -> (y => …)`");
        }
        if (before != null && endsOperand(before.getType()) && sameLine(before, token)) {
            fault = at(code, token, TokenWords.of(token) + " does not belong here")
                    .label("expected " + thing + " or the end of the line");
            if (TokenWords.isName(token.getType())) {
                fault.help("stages are joined by `->`, arguments stand in parentheses");
            } else if (isBinary(token.getType())) {
                fault.help("put the pipeline before " + TokenWords.of(token) + " in parentheses; tensors are joined by"
                        + " operators such as `add(a, b)`");
            }
            return fault;
        }
        fault = at(code, token, "expected " + thing + ", found " + TokenWords.of(token));
        Optional<String> near = NearestWord.among(openers, token.getText());
        if (near.isPresent()) {
            return fault.fix(span(token), near.get(), "did you mean `" + near.get() + "`?");
        }
        if (TokenWords.isName(token.getType()) && typeBehind(token) == CnnParser.ASSIGN) {
            return fault.help("a value gets its name by `let " + token.getText() + " = …`");
        }
        return fault.help(thing + " begins with "
                + openers.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")));
    }

    private Diagnostic.Builder afterArrow(ParserRuleContext context, Token before, Token token) {
        boolean augments = context instanceof CnnParser.RecipeItemContext
                || context.getParent() instanceof CnnParser.RecipeItemContext
                || context.getParent() instanceof CnnParser.InvocationContext;
        Diagnostic.Builder fault = missing(
                Code.EXPECTED_STAGE,
                before,
                token,
                augments ? "expected an augmentation after '->'" : "expected a stage after '->'");
        if (token.getType() == CnnParser.IF) {
            fault.help("put the `if` in parentheses to use it as a stage");
        }
        return fault;
    }

    private Diagnostic.Builder unclosed(Token opener, Token before, Token token, boolean separable) {
        String close = TokenWords.ofType(closer(opener));
        if (separable && sameLine(before, token) && canBeginOperand(token.getType())) {
            return at(Code.EXPECTED_TOKEN, token, "expected ',' or " + close + " before " + TokenWords.of(token));
        }
        int line = source.position(opener.getStartIndex()).line();
        return missing(
                        Code.UNCLOSED_BRACKET,
                        before,
                        token,
                        "expected " + close + " to close the '" + opener.getText() + "' on line " + line)
                .related(span(opener), "opened here");
    }

    private Diagnostic.Builder missingName(ParserRuleContext context, Token before, Token token) {
        String wanted =
                switch (before.getType()) {
                    case CnnParser.CONST,
                            CnnParser.FUN,
                            CnnParser.BLOCK,
                            CnnParser.MODEL,
                            CnnParser.LET,
                            CnnParser.INPUT,
                            CnnParser.OUTPUT,
                            CnnParser.TARGET,
                            CnnParser.PHASE,
                            CnnParser.PACKAGE,
                            CnnParser.IMPORT -> "`" + before.getText() + "` needs a name";
                    case CnnParser.TRAIN -> "`train` needs the name of a model";
                    case CnnParser.EXPECT -> "`expect` needs what it measures, such as `parameters` or `macs`";
                    case CnnParser.COLON ->
                        context instanceof CnnParser.TypeContext
                                ? "expected a type after ':'"
                                : "expected a name after ':'";
                    default -> "expected a name after " + TokenWords.of(before);
                };
        if (TokenWords.isKeyword(token.getType()) && sameLine(before, token)) {
            return at(Code.KEYWORD_AS_NAME, token, TokenWords.of(token) + " is a keyword and cannot be a name")
                    .label(wanted);
        }
        return missing(Code.MISSING_NAME, before, token, wanted);
    }

    private static String required(ParserRuleContext context, Token before, IntervalSet expected) {
        if (context instanceof CnnParser.ConditionalContext) {
            return expected.contains(CnnParser.THEN)
                    ? "an `if` needs `then` behind its condition"
                    : "an `if` needs an `else`";
        }
        if (context instanceof CnnParser.StageContext && expected.contains(CnnParser.COLON)) {
            return "expected ':' behind the label";
        }
        if (context instanceof CnnParser.BlockDeclarationContext && expected.contains(CnnParser.LEFT_PARENTHESIS)) {
            return "a block needs parameters: expected '(' after " + TokenWords.of(before);
        }
        if (context instanceof CnnParser.LayerwiseEntryContext) {
            return "`layerwise` needs `on` and the layers it trains";
        }
        return "expected " + words(expected) + " after " + TokenWords.of(before);
    }

    private static String operand(Token before) {
        return switch (before.getType()) {
            case CnnParser.IF -> "a condition after `if`";
            case CnnParser.ASSERT -> "a condition after `assert`";
            case CnnParser.LOSS -> "a loss after `loss`";
            case CnnParser.BATCH, CnnParser.EPOCHS, CnnParser.SEED -> "a number after `" + before.getText() + "`";
            default -> "an expression after " + TokenWords.of(before);
        };
    }

    /** What is expected, in words; the operators that could go on with an expression are left out. */
    private static String words(IntervalSet expected) {
        List<String> words = expected.toList().stream()
                .filter(type -> !isBinary(type) && type != CnnParser.FAT_ARROW && type != CnnParser.DOT)
                .map(TokenWords::ofType)
                .distinct()
                .toList();
        if (words.size() > 6) {
            return "something else";
        }
        return words.size() <= 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    /** A fault at a token that stands where another should. */
    private Diagnostic.Builder at(Code code, Token token, String message) {
        return Diagnostic.of(code, span(token), message);
    }

    /** A fault where something is missing between two tokens: at the second, or behind the first if a line ends there. */
    private Diagnostic.Builder missing(Code code, @Nullable Token before, Token token, String message) {
        if (before == null || (token.getType() != Token.EOF && sameLine(before, token))) {
            return at(code, token, message).label("found " + TokenWords.of(token));
        }
        int end = before.getStopIndex() + 1;
        return Diagnostic.of(code, source.span(end, end), message);
    }

    private Span span(Token token) {
        int start = Math.min(token.getStartIndex(), source.text().length());
        return token.getType() == Token.EOF ? source.span(start, start) : source.span(start, token.getStopIndex() + 1);
    }

    private static boolean sameLine(Token before, Token token) {
        return before.getLine() == token.getLine();
    }

    private @Nullable Token before(Token token) {
        for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
            Token candidate = tokens.get(i);
            if (candidate.getChannel() == Token.DEFAULT_CHANNEL && candidate.getType() != CnnParser.LABEL_START) {
                return candidate;
            }
        }
        return null;
    }

    private int typeBehind(Token token) {
        for (int i = token.getTokenIndex() + 1; i < tokens.size(); i++) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i).getType();
            }
        }
        return Token.EOF;
    }

    /** The innermost bracket that is open in front of a token; brackets that do not match are taken as they come. */
    private Optional<Token> opener(Token token) {
        int closed = 0;
        for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
            Token candidate = tokens.get(i);
            if (isCloser(candidate.getType())) {
                closed++;
            } else if (isOpener(candidate.getType()) && closed-- == 0) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isOpener(int type) {
        return type == CnnParser.LEFT_PARENTHESIS || type == CnnParser.LEFT_BRACKET || type == CnnParser.LEFT_BRACE;
    }

    private static boolean isCloser(int type) {
        return type == CnnParser.RIGHT_PARENTHESIS || type == CnnParser.RIGHT_BRACKET || type == CnnParser.RIGHT_BRACE;
    }

    private static int closer(Token opener) {
        return switch (opener.getType()) {
            case CnnParser.LEFT_PARENTHESIS -> CnnParser.RIGHT_PARENTHESIS;
            case CnnParser.LEFT_BRACKET -> CnnParser.RIGHT_BRACKET;
            default -> CnnParser.RIGHT_BRACE;
        };
    }

    private static boolean endsOperand(int type) {
        return TokenWords.isName(type)
                || isCloser(type)
                || (canBeginOperand(type) && !isOpener(type) && type != CnnParser.NOT && type != CnnParser.IF);
    }

    private static boolean canBeginOperand(int type) {
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

    private static boolean isBinary(int type) {
        return (type >= CnnParser.EQUAL && type <= CnnParser.PERCENT && type != CnnParser.ASSIGN)
                || type == CnnParser.AND
                || type == CnnParser.OR;
    }
}
