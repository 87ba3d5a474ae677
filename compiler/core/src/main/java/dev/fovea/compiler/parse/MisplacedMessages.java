package dev.fovea.compiler.parse;

import static dev.fovea.compiler.parse.TokenContext.endsOperand;
import static dev.fovea.compiler.parse.TokenContext.sameLine;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The words for a token that stands where a declaration, a statement or an entry of a recipe should begin. */
final class MisplacedMessages {

    private final SourceFile source;
    private final TokenContext around;

    MisplacedMessages(SourceFile source, TokenContext around) {
        this.source = source;
        this.around = around;
    }

    /** What a body is a list of. */
    /** Words that open a declaration elsewhere. */
    private static final Map<String, String> HABITS = Map.of(
            "def",
                    "layers that belong together are a `block Name(x) { … return … }`, numbers are worked out by a `fun`",
            "function",
                    "layers that belong together are a `block Name(x) { … return … }`, numbers are worked out by a `fun`",
            "class", "a network is a `model Name { … }`, a reusable part of one a `block Name(x) { … }`",
            "network", "a network is a `model Name { … }`",
            "layer",
                    "a layer stands in a model: `model Net { input image: [1, 28, 28] output y = image -> conv(8, kernel=3) }`");

    private enum Element {
        DECLARATION(Code.EXPECTED_DECLARATION, "a declaration"),
        STATEMENT(Code.EXPECTED_STATEMENT, "a statement"),
        ENTRY(Code.EXPECTED_ENTRY, "an entry");

        final Code code;
        final String words;

        Element(Code code, String words) {
            this.code = code;
            this.words = words;
        }

        List<String> openers() {
            return switch (this) {
                case DECLARATION -> Landing.DECLARATIONS;
                case STATEMENT -> Landing.STATEMENTS;
                case ENTRY -> Landing.ENTRIES;
            };
        }

        /** What the nearest body around a rule is a list of. */
        static Element of(RuleContext context) {
            for (RuleContext at = context; at != null; at = at.parent) {
                if (at instanceof CnnParser.BodyContext) {
                    return STATEMENT;
                }
                if (at instanceof CnnParser.RecipeBodyContext) {
                    return ENTRY;
                }
            }
            return DECLARATION;
        }
    }

    /**
     * The message for a token that neither goes on with what stands before it nor begins something new.
     *
     * @param context the rule at work
     */
    Diagnostic.Builder describe(RuleContext context, @Nullable Token before, Token token) {
        Element element = Element.of(context);
        if (TokenContext.isCloser(token.getType())) {
            return Diagnostic.of(
                    Code.UNMATCHED_BRACKET, span(token), "this " + TokenWords.of(token) + " closes nothing");
        }
        if (token.getType() == CnnParser.FAT_ARROW) {
            return Diagnostic.of(element.code, span(token), "an anonymous block cannot stand here")
                    .help("put it in parentheses to use it as a stage: `x -> (y => …)`");
        }
        if (before != null && endsOperand(before.getType()) && sameLine(before, token)) {
            return behindOperand(element, before, token);
        }
        return atStart(element, before, token);
    }

    /**
     * The message for an entry that took the word of the next one, on another line, for what it needs: such a word is an
     * ordinary name elsewhere.
     *
     * @param before the token in front of the one that cannot stand there
     */
    Optional<Diagnostic.Builder> incompleteEntry(RuleContext context, Token before) {
        @Nullable Token opener = Element.of(context) == Element.ENTRY ? around.before(before) : null;
        if (opener == null
                || !Landing.opensEntry(opener.getType())
                || !Landing.opensEntry(before.getType())
                || sameLine(opener, before)) {
            return Optional.empty();
        }
        int end = opener.getStopIndex() + 1;
        return Optional.of(
                Diagnostic.of(Code.INCOMPLETE_ENTRY, source.span(end, end), EntryWords.missing(opener.getType())));
    }

    private Diagnostic.Builder behindOperand(Element element, Token before, Token token) {
        Diagnostic.Builder fault = Diagnostic.of(
                        element.code, span(token), TokenWords.of(token) + " does not belong here")
                .label("expected " + element.words + " or the end of the line");
        Optional<String> near = element == Element.ENTRY && TokenWords.isName(token.getType())
                ? NearestWord.among(element.openers(), token.getText())
                : Optional.empty();
        if (near.isPresent()) {
            fault.fix(span(token), near.get(), "did you mean `" + near.get() + "`?");
        } else if (TokenWords.isName(token.getType())) {
            String help = "stages are joined by `->`, arguments stand in parentheses";
            fault.help(help);
            if (element == Element.STATEMENT && before.getType() == CnnParser.RIGHT_PARENTHESIS) {
                int end = before.getStopIndex() + 1;
                fault.fix(source.span(end, end), " ->", help);
            }
        } else if (TokenContext.isBinaryOperator(token.getType())) {
            fault.help("put the pipeline in front of " + TokenWords.of(token)
                    + " in parentheses; tensors are joined by operators such as `add(a, b)`");
        } else if (token.getType() == CnnParser.COLON) {
            String help = "a shape is stated by `::`";
            fault.help(help);
            if (around.typeBehind(token) == CnnParser.LEFT_BRACKET) {
                fault.fix(span(token), "::", help);
            }
        } else if (token.getType() == CnnParser.FLOAT) {
            fault.help("an element of a list is written `xs[0]`");
        }
        return fault;
    }

    private Diagnostic.Builder atStart(Element element, @Nullable Token before, Token token) {
        Diagnostic.Builder fault = Diagnostic.of(
                element.code, span(token), "expected " + element.words + ", found " + TokenWords.of(token));
        Optional<String> near = NearestWord.among(element.openers(), token.getText())
                .or(() -> element != Element.ENTRY
                        ? Optional.empty()
                        : element.openers().stream()
                                .filter(word -> token.getText().startsWith(word + "_")) // batch_size
                                .findFirst());
        if (near.isPresent()) {
            return fault.fix(span(token), near.get(), "did you mean `" + near.get() + "`?");
        }
        Optional<String> habit = Optional.ofNullable(HABITS.get(token.getText()));
        if (habit.isPresent() && element == Element.DECLARATION) {
            return fault.help(habit.get());
        }
        if (element == Element.ENTRY && around.typeBehind(token) == CnnParser.ASSIGN) {
            return fault.help("an entry has no `=`: `batch 64`; what an optimizer is given stands in its parentheses:"
                    + " `optimizer sgd(lr=0.1)`");
        }
        if (TokenWords.isName(token.getType()) && around.typeBehind(token) == CnnParser.ASSIGN) {
            String keyword = element == Element.DECLARATION ? "const" : "let";
            return fault.help("a value gets its name by `" + keyword + " " + token.getText() + " = …`");
        }
        if (element == Element.STATEMENT
                && TokenWords.isName(token.getType())
                && before != null
                && endsOperand(before.getType())) {
            return fault.help("if it goes on with the line above, put `->` in front of it");
        }
        String openers =
                element.openers().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        return fault.help(element.words + " begins with one of " + openers);
    }

    private Span span(Token token) {
        return source.span(token.getStartIndex(), token.getStopIndex() + 1);
    }
}
