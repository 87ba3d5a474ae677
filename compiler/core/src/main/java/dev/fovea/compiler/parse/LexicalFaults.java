package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnLexer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/** Reports the tokens that the language does not have. */
final class LexicalFaults {

    /** What is likely meant by a character or run of characters that the language does not use. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("!", "not"),
            Map.entry("&&", "and"),
            Map.entry("&", "and"),
            Map.entry("||", "or"),
            Map.entry("|", "or"),
            Map.entry("→", "->"),
            Map.entry("⇒", "=>"),
            Map.entry("−", "-"),
            Map.entry("–", "-"),
            Map.entry("×", "*"),
            Map.entry("·", "*"),
            Map.entry("≤", "<="),
            Map.entry("≥", ">="),
            Map.entry("≠", "!="),
            Map.entry("#", "//"),
            Map.entry("“", "\""),
            Map.entry("”", "\""),
            Map.entry("'", "\""),
            Map.entry("\u00A0", " "));

    /** Reads as an arrow. */
    private static final String PIPE = "|>";

    /** Runs of characters up to this length are quoted. */
    private static final int SHORT = 12;

    private final SourceFile source;
    private final FaultLog log;
    private final boolean decoded;

    /**
     * Reports into a log.
     *
     * @param decoded whether bytes that are not UTF-8 have been reported, so that U+FFFD needs no second word
     */
    LexicalFaults(SourceFile source, FaultLog log, boolean decoded) {
        this.source = source;
        this.log = log;
        this.decoded = decoded;
    }

    /** Reports what is wrong with the tokens of the whole file; characters that touch are reported together. */
    void report(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Span span = source.span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
            switch (token.getType()) {
                case CnnLexer.UNTERMINATED_COMMENT -> log.reportLexical(unterminatedComment(span));
                case CnnLexer.UNTERMINATED_STRING -> log.reportLexical(unterminatedString(span));
                case CnnLexer.UNEXPECTED_CHARACTER -> {
                    int end = i;
                    while (end + 1 < tokens.size()
                            && tokens.get(end + 1).getType() == CnnLexer.UNEXPECTED_CHARACTER
                            && tokens.get(end + 1).getStartIndex()
                                    == tokens.get(end).getStopIndex() + 1) {
                        end++;
                    }
                    unexpected(source.span(span.start(), tokens.get(end).getStopIndex() + 1));
                    i = end;
                }
                case CnnLexer.ARROW -> {
                    if (span.text().equals(PIPE)) {
                        log.reportLexical(pipe(span));
                    }
                }
                default -> {}
            }
        }
    }

    private static Diagnostic.Builder unterminatedComment(Span span) {
        return Diagnostic.of(
                        Code.UNTERMINATED_COMMENT,
                        span.file().span(span.start(), span.start() + 2),
                        "this comment has no end")
                .label("expected '*/' somewhere behind it");
    }

    private static Diagnostic.Builder unterminatedString(Span span) {
        return Diagnostic.of(Code.UNTERMINATED_STRING, span, "this string has no end")
                .label("expected '\"' before the end of the line")
                .help("a line end inside a string is written \\n");
    }

    private static Diagnostic.Builder pipe(Span span) {
        return Diagnostic.of(Code.UNEXPECTED_CHARACTER, span, "the language does not use `" + PIPE + "`")
                .fix(span, "->", "stages are joined by `->`");
    }

    private void unexpected(Span span) {
        String text = span.text();
        if (decoded && text.chars().allMatch(c -> c == '\uFFFD')) {
            return;
        }
        Diagnostic.Builder fault =
                Diagnostic.of(Code.UNEXPECTED_CHARACTER, span, "the language does not use " + quoted(text));
        String meant = MEANT.get(text);
        if (text.equals(";")) {
            fault.fix(span, "", "a statement needs no end mark: leave out the `;`");
        } else if (meant != null && (meant.equals("not") || meant.equals("and") || meant.equals("or"))) {
            fault.fix(span, spaced(span, meant), "write `" + meant + "`");
        } else if (meant != null && meant.equals("//")) {
            fault.fix(span, meant, "a comment begins with `//`");
        } else if (meant != null && meant.equals("\"")) {
            fault.fix(span, meant, "a string stands in plain double quotes");
        } else if (meant != null && meant.equals(" ")) {
            fault.fix(span, meant, "use an ordinary space");
        } else if (meant != null) {
            fault.fix(span, meant, "write `" + meant + "`");
        } else if (text.codePoints().anyMatch(Character::isLetter)) {
            fault.help("names are made of A to Z, a to z, 0 to 9 and `_`; strings and comments may hold anything");
        }
        log.reportLexical(fault);
    }

    /** A word in place of a symbol, parted from what stands around it. */
    private static String spaced(Span span, String word) {
        String text = span.file().text();
        boolean before = span.start() > 0 && !Character.isWhitespace(text.charAt(span.start() - 1));
        boolean behind = span.end() < text.length() && !Character.isWhitespace(text.charAt(span.end()));
        return (before ? " " : "") + word + (behind ? " " : "");
    }

    private static String quoted(String text) {
        int[] characters = text.codePoints().toArray();
        if (characters.length <= SHORT && Arrays.stream(characters).allMatch(LexicalFaults::isVisible)) {
            return "`" + text + "`"
                    + (characters.length > 1 || characters[0] < 0x7F ? "" : " (" + name(characters) + ")");
        }
        return characters.length == 1 ? name(characters) : "these characters";
    }

    private static String name(int[] characters) {
        return String.format(Locale.ROOT, "U+%04X", characters[0]);
    }

    private static boolean isVisible(int c) {
        return c < 0x7F ? c > 0x20 : Character.isLetterOrDigit(c) || isSymbol(c);
    }

    private static boolean isSymbol(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.OTHER_SYMBOL,
                    Character.DASH_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> codePoint != 0xFFFD;
            default -> false;
        };
    }
}
