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
    EMPTY_FILE(9, "a file that declares nothing");

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
