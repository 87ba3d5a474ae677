package dev.fovea.compiler.parse;

import static dev.fovea.compiler.parse.TokenContext.closer;
import static dev.fovea.compiler.parse.TokenContext.endsOperand;
import static dev.fovea.compiler.parse.TokenContext.sameLine;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
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
    private static final Pattern SIZES = Pattern.compile("(\\d+)[xX](\\d+)");

    /** More possibilities than this are no help to a reader. */
    private static final int MOST_WORDS = 6;

    private final SourceFile source;
    private final TokenContext around;
    private final MisplacedMessages misplaced;

    SyntaxMessages(SourceFile source, CommonTokenStream tokens) {
        this.source = source;
        this.around = new TokenContext(tokens);
        this.misplaced = new MisplacedMessages(source, around);
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
        @Nullable Token before = around.before(token);
        if (token.getType() == CnnParser.NUMERIC_NAME || token.getType() == CnnParser.DOTTED_NUMERIC_NAME) {
            return sizes(
                    Diagnostic.of(
                            Code.MALFORMED_NUMBER,
                            span(token),
                            TokenWords.of(token) + " is neither a number nor a name"),
                    token);
        }
        if (before == null) {
            return isInHole(context)
                    ? missing(Code.EXPECTED_EXPRESSION, null, token, "expected an expression between the braces")
                    : misplaced.describe(context, null, token);
        }
        Optional<Diagnostic.Builder> incomplete = misplaced.incompleteEntry(context, before);
        if (incomplete.isPresent()) {
            return incomplete.get();
        }
        if (before.getType() == CnnParser.ARROW) {
            return afterArrow(context, before, token);
        }
        if (opensEntry(context, before)
                && (expected.contains(CnnParser.INTEGER) || expected.contains(CnnParser.IDENTIFIER))
                && !TokenWords.isKeyword(before.getType())) {
            return missing(Code.INCOMPLETE_ENTRY, before, token, EntryWords.missing(before.getType()));
        }
        boolean behindOperand = endsOperand(before.getType()) && !opensEntry(context, before);
        if (token.getType() == CnnParser.GREATER
                && (before.getType() == CnnParser.MINUS || before.getType() == CnnParser.ASSIGN)
                && sameLine(before, token)) {
            return splitArrow(before, token);
        }
        if (expected.contains(CnnParser.INTEGER) && !behindOperand) {
            return missing(Code.EXPECTED_EXPRESSION, before, token, "expected " + operand(before));
        }
        Optional<Token> opener = around.opener(context, token);
        boolean open = opener.isPresent() && expected.contains(closer(opener.get()));
        boolean closable = behindOperand || before.getType() == CnnParser.COMMA || before.equals(opener.orElse(null));
        if (open && (endsBody(token) || (closable && !opensBody(context, opener.get())))) {
            return unclosed(context, opener.get(), before, token, isList(context, expected));
        }
        if (expected.contains(CnnParser.COMMA) && token.getType() == CnnParser.STRING) {
            return missing(Code.EXPECTED_TOKEN, before, token, "expected ',' in front of the message");
        }
        if (isInHole(context) && expected.contains(Token.EOF)) {
            return Diagnostic.of(Code.MALFORMED_MESSAGE, span(token), TokenWords.of(token) + " does not belong here")
                    .label("expected '}' in front of this");
        }
        if (expected.contains(Token.EOF) || (open && opensBody(context, opener.get()))) {
            return misplaced.describe(context, before, token);
        }
        if (expected.contains(CnnParser.IDENTIFIER) && !behindOperand) {
            return missingName(context, before, token);
        }
        Diagnostic.Builder fault = missing(Code.EXPECTED_TOKEN, before, token, required(context, before, expected));
        if (token.getType() == CnnParser.COLON && expected.contains(CnnParser.LEFT_BRACE)) {
            return fault.help(
                    "a body stands in braces, however it is indented: `model " + before.getText() + " { … }`");
        }
        if (token.getType() == CnnParser.LEFT_PARENTHESIS && expected.contains(CnnParser.LEFT_BRACKET)) {
            return fault.help("a shape stands in brackets: `[1, 28, 28]`");
        }
        return insertable(fault, before, token, expected);
    }

    /** {@code 3x3}, as papers write a kernel. */
    private Diagnostic.Builder sizes(Diagnostic.Builder fault, Token token) {
        Matcher sizes = SIZES.matcher(token.getText());
        if (sizes.matches()) {
            boolean square = sizes.group(1).equals(sizes.group(2));
            String written = square ? sizes.group(1) : "(" + sizes.group(1) + ", " + sizes.group(2) + ")";
            fault.fix(span(token), written, "a kernel of " + token.getText() + " is written `" + written + "`");
        }
        return fault;
    }

    private Diagnostic.Builder splitArrow(Token before, Token token) {
        Span both = source.span(before.getStartIndex(), token.getStopIndex() + 1);
        String arrow = before.getText() + ">";
        return Diagnostic.of(Code.EXPECTED_EXPRESSION, both, "`" + arrow + "` is written in one piece")
                .fix(both, arrow, "write `" + arrow + "`");
    }

    /** Adds the mend where only one thing can be missing between two tokens of a line, or be meant by the second. */
    private Diagnostic.Builder insertable(Diagnostic.Builder fault, Token before, Token token, IntervalSet expected) {
        boolean isColon = expected.contains(CnnParser.COLON) && !expected.contains(CnnParser.ASSIGN);
        boolean isAssign = expected.contains(CnnParser.ASSIGN)
                && !expected.contains(CnnParser.COLON)
                && !expected.contains(CnnParser.LEFT_BRACE);
        if (!sameLine(before, token)) {
            return fault;
        }
        if (isAssign && token.getType() == CnnParser.COLON) {
            return fault.help("its type is that of its value: leave the type out");
        }
        if (isColon && token.getType() == CnnParser.ASSIGN) {
            return fault.fix(span(token), ":", "write `:`");
        }
        if (isAssign && (token.getType() == CnnParser.EQUAL)) {
            return fault.fix(span(token), "=", "write `=`; `==` compares");
        }
        if (isAssign && TokenContext.canBeginOperand(token.getType())) {
            int end = before.getStopIndex() + 1;
            return fault.fix(source.span(end, end), " =", "put a `=` in front of " + TokenWords.of(token));
        }
        return fault;
    }

    /** Whether a comma could go on with what is in the brackets. */
    private static boolean isList(RuleContext context, IntervalSet expected) {
        return expected.contains(CnnParser.COMMA)
                || context instanceof CnnParser.ParametersContext
                || context instanceof CnnParser.ImportedNamesContext;
    }

    /** Whether a word opens an entry that still lacks what it is about; elsewhere the word would be a name. */
    private static boolean opensEntry(RuleContext context, Token before) {
        for (RuleContext at = context; at != null; at = at.parent) {
            if (at instanceof CnnParser.RecipeItemContext) {
                return ((ParserRuleContext) at).getStart() == before;
            }
        }
        return false;
    }

    private static boolean isInHole(RuleContext context) {
        for (RuleContext at = context; at != null; at = at.parent) {
            if (at instanceof CnnParser.HoleContext) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsBody(Token token) {
        return token.getType() == Token.EOF || Landing.isItemInFirstColumn(token);
    }

    /** Whether a brace is the one that opens the nearest body around a rule. */
    private static boolean opensBody(RuleContext context, Token opener) {
        return TokenContext.body(context)
                .filter(body -> body.getStart() == opener)
                .isPresent();
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

    private Diagnostic.Builder unclosed(
            ParserRuleContext context, Token opener, Token before, Token token, boolean separable) {
        String close = TokenWords.ofType(closer(opener));
        if (token.getType() == CnnParser.COMMA && before.equals(opener)) {
            return Diagnostic.of(Code.EXPECTED_EXPRESSION, span(token), "expected an element before ','");
        }
        if (token.getType() == CnnParser.COMMA && context instanceof CnnParser.StageOperationContext) {
            return Diagnostic.of(Code.EXPECTED_STAGE, span(token), "a stage in parentheses is one expression")
                    .help("an anonymous block as a stage has parentheses of its own: `x -> (y => …)`");
        }
        if (separable && sameLine(before, token) && TokenContext.canBeginOperand(token.getType())) {
            int end = before.getStopIndex() + 1;
            return Diagnostic.of(
                            Code.EXPECTED_TOKEN,
                            span(token),
                            "expected ',' or " + close + " before " + TokenWords.of(token))
                    .fix(source.span(end, end), ",", "put a `,` in front of " + TokenWords.of(token));
        }
        if (TokenWords.isKeyword(token.getType())
                && sameLine(before, token)
                && (before == opener || before.getType() == CnnParser.COMMA)) {
            return Diagnostic.of(
                    Code.KEYWORD_AS_NAME, span(token), TokenWords.of(token) + " is a keyword and cannot be a name");
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
        if (before.getType() == CnnParser.COLON
                && token.getType() == CnnParser.LEFT_BRACKET
                && context.getParent() instanceof CnnParser.StageContext) {
            return Diagnostic.of(Code.EXPECTED_TOKEN, span(before), "a shape is stated by `::`")
                    .label("`:` parts a label from its stage")
                    .fix(span(before), "::", "write `::`");
        }
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
                    default ->
                        "expected " + (context instanceof CnnParser.TypeContext ? "a type" : "a name") + " after "
                                + TokenWords.of(before);
                };
        if (TokenWords.isKeyword(token.getType()) && sameLine(before, token)) {
            return Diagnostic.of(
                            Code.KEYWORD_AS_NAME,
                            span(token),
                            TokenWords.of(token) + " is a keyword and cannot be a name")
                    .label(wanted);
        }
        return missing(Code.MISSING_NAME, before, token, wanted);
    }

    private static String required(ParserRuleContext context, Token before, IntervalSet expected) {
        if (expected.contains(CnnParser.THEN)) {
            return "an `if` needs `then` behind its condition";
        }
        if (expected.contains(CnnParser.ELSE)) {
            return "an `if` needs an `else`";
        }
        if (context instanceof CnnParser.StageContext && expected.contains(CnnParser.COLON)) {
            return "expected ':' behind the label";
        }
        if (context instanceof CnnParser.ParametersContext && expected.contains(CnnParser.LEFT_PARENTHESIS)) {
            return "expected '(' and parameters after " + TokenWords.of(before);
        }
        if (context instanceof CnnParser.ComparisonOperatorContext
                || (expected.contains(CnnParser.EQUAL) && !expected.contains(CnnParser.PLUS))) {
            return "expected a comparison, such as `<=`, after " + TokenWords.of(before);
        }
        if (context instanceof CnnParser.LayerwiseEntryContext) {
            return EntryWords.missing(CnnParser.LAYERWISE);
        }
        return "expected " + words(expected) + " after " + TokenWords.of(before);
    }

    private static String operand(Token before) {
        return switch (before.getType()) {
            case CnnParser.IF, CnnParser.ASSERT -> "a condition after `" + before.getText() + "`";
            default -> "an expression after " + TokenWords.of(before);
        };
    }

    /** What is expected, in words; what could go on with an expression is left out. */
    private static String words(IntervalSet expected) {
        List<String> words = expected.toList().stream()
                .filter(type ->
                        !TokenContext.isBinaryOperator(type) && type != CnnParser.FAT_ARROW && type != CnnParser.DOT)
                .map(TokenWords::ofType)
                .distinct()
                .toList();
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            return "something else";
        }
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** A fault where something is missing between two tokens: at the second, or behind the first if a line ends there. */
    private Diagnostic.Builder missing(Code code, @Nullable Token before, Token token, String message) {
        if (before == null && token.getType() == Token.EOF) {
            return Diagnostic.of(code, span(token), message);
        }
        if (before == null || (token.getType() != Token.EOF && sameLine(before, token))) {
            return Diagnostic.of(code, span(token), message).label("found " + TokenWords.of(token));
        }
        int end = before.getStopIndex() + 1;
        return Diagnostic.of(code, source.span(end, end), message);
    }

    private Span span(Token token) {
        int start = Math.min(token.getStartIndex(), source.text().length());
        return token.getType() == Token.EOF ? source.span(start, start) : source.span(start, token.getStopIndex() + 1);
    }
}
