package dev.fovea.compiler.diagnostics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of everything the compiler can say. A code, once published, keeps its meaning.
 *
 * <p>Numbers by stage: 0–99 characters and tokens, 100–199 syntax, 200–299 names and imports, 300–399 shapes, 400–499
 * types and compile-time values, 500–599 recipes, 600–699 contracts ({@code expect}, {@code assert}), 700–799 limits.
 */
public enum Code {
    INVALID_UTF8(1, "the file is not UTF-8"),
    UNEXPECTED_CHARACTER(2, "a character that the language does not use"),
    UNTERMINATED_COMMENT(3, "a comment without an end"),
    UNTERMINATED_STRING(4, "a string without an end"),
    UNKNOWN_ESCAPE(5, "an escape that the language does not know"),
    INTEGER_OUT_OF_RANGE(6, "an integer beyond 64 bits"),
    FLOAT_OUT_OF_RANGE(7, "a float that cannot be represented"),
    MALFORMED_NUMBER(8, "a number that runs into a name"),
    EMPTY_FILE(9, "a file that declares nothing"),

    EXPECTED_DECLARATION(101, "something else where a declaration should stand"),
    EXPECTED_STATEMENT(102, "something else where a statement should stand"),
    EXPECTED_ENTRY(103, "something else where an entry of a recipe should stand"),
    EXPECTED_EXPRESSION(104, "an expression is missing"),
    EXPECTED_STAGE(105, "a stage is missing"),
    EXPECTED_TOKEN(106, "something is missing"),
    MISSING_NAME(107, "a name is missing"),
    KEYWORD_AS_NAME(108, "a keyword used as a name"),
    UNCLOSED_BRACKET(109, "a bracket that is not closed"),
    UNMATCHED_BRACKET(110, "a bracket that closes nothing"),
    NESTING_TOO_DEEP(111, "nesting beyond the limit"),
    MISPLACED_PACKAGE(112, "a package clause that is not the first thing"),
    MISPLACED_IMPORT(113, "an import behind a declaration"),
    MALFORMED_IMPORT(114, "an import without a package or a name"),
    UNKNOWN_TYPE(115, "a type that the language does not have"),
    MISTYPED_PARAMETER(116, "a parameter with a type too few or too many"),
    MISPLACED_STATEMENT(117, "a statement that does not belong into this body"),
    MISPLACED_RETURN(118, "a block that does not end with its one return"),
    MISPLACED_ARGUMENT(119, "a positional argument behind a named one"),
    MALFORMED_ARGUMENT(120, "an argument whose name is no name"),
    CHAINED_COMPARISON(121, "comparisons in a row"),
    MALFORMED_BLOCK(122, "an anonymous block whose parameters are not plain names"),
    MALFORMED_LABEL(123, "a label that is not in one piece"),
    MALFORMED_TUPLE(124, "a tuple of one element"),
    UNKNOWN_UNIT(125, "a unit that the language does not have"),
    MALFORMED_TARGET(126, "a target that is neither classes nor a shape"),
    NESTED_PHASE(127, "a phase inside a phase"),
    MALFORMED_MESSAGE(128, "a message with a broken insertion"),
    TOO_MANY_FAULTS(199, "more faults of syntax than are shown", Severity.INFO);

    private final int number;
    private final String title;
    private final Severity severity;

    Code(int number, String title) {
        this(number, title, Severity.ERROR);
    }

    Code(int number, String title, Severity severity) {
        this.number = number;
        this.title = title;
        this.severity = severity;
    }

    /** The code as it is shown: {@code CNN} and four digits. */
    public String id() {
        return String.format(Locale.ROOT, "CNN%04d", number);
    }

    /** What it is about, in a few words: the heading of its page. */
    public String title() {
        return title;
    }

    /** The severity it has unless a diagnostic says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** The code that is shown as {@code id}, in any case of letters. */
    public static Optional<Code> of(String id) {
        return Arrays.stream(values())
                .filter(code -> code.id().equalsIgnoreCase(id))
                .findFirst();
    }

    @Override
    public String toString() {
        return id();
    }
}
