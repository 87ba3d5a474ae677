package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Position;
import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders diagnostics for people: heading, place, the line with the fault underlined, notes and help.
 *
 * <pre>{@code
 * error[CNN0301]: the kernel does not fit the input
 *   --> lenet.cnn:9:15
 *    |
 *  9 |     -> conv3: conv(120, kernel=7)
 *    |               ^^^^^^^^^^^^^^^^^^^ kernel 7 on a 5×5 input: (5 − 7 + 2·0)/1 + 1 = −1
 *    |
 *    = input: [16, 5, 5], from maxpool on line 8
 *    = help: the largest kernel that fits is 5; or use padding=1
 * }</pre>
 */
public final class TextRenderer {

    private static final String RESET = "\u001B[0m";
    private static final String BOLD = "\u001B[1m";
    private static final String BLUE = "\u001B[1;34m";

    private final boolean coloured;

    private TextRenderer(boolean coloured) {
        this.coloured = coloured;
    }

    /** Without escape sequences: for files, pipes and tests. */
    public static TextRenderer plain() {
        return new TextRenderer(false);
    }

    /** With ANSI colours: for a terminal. */
    public static TextRenderer coloured() {
        return new TextRenderer(true);
    }

    /** All of them in the order given, a blank line between any two; each line ends with LF. */
    public String render(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::render).collect(Collectors.joining("\n"));
    }

    /** One diagnostic; each line ends with LF. */
    public String render(Diagnostic diagnostic) {
        int gutter = gutterWidth(diagnostic);
        String colour = colour(diagnostic.severity());
        StringBuilder out = new StringBuilder();
        out.append(paint(
                        colour,
                        diagnostic.severity().word() + "[" + diagnostic.code().id() + "]"))
                .append(paint(BOLD, ": " + Excerpt.printable(diagnostic.message())))
                .append('\n');
        place(out, gutter, "--> ", diagnostic.span());
        excerpt(out, gutter, diagnostic.span(), '^', colour, diagnostic.label());
        for (Related related : diagnostic.related()) {
            place(out, gutter, "::: ", related.span());
            excerpt(out, gutter, related.span(), '-', BLUE, related.message());
        }
        List<String> facts = facts(diagnostic);
        if (!facts.isEmpty()) {
            out.append(paint(BLUE, " ".repeat(gutter + 2) + "|")).append('\n');
        }
        for (String fact : facts) {
            String indented = fact.replace("\n", "\n" + " ".repeat(gutter + 4));
            out.append(paint(BLUE, " ".repeat(gutter + 2) + "= "))
                    .append(indented)
                    .append('\n');
        }
        return out.toString();
    }

    private static List<String> facts(Diagnostic diagnostic) {
        List<String> offers = new ArrayList<>(diagnostic.help());
        for (Fix fix : diagnostic.fixes()) {
            if (!offers.contains(fix.description())) {
                offers.add(fix.description());
            }
        }
        List<String> facts = new ArrayList<>();
        diagnostic.notes().forEach(note -> facts.add(Excerpt.printableLines(note)));
        offers.forEach(offer -> facts.add("help: " + Excerpt.printableLines(offer)));
        return facts;
    }

    private static int gutterWidth(Diagnostic diagnostic) {
        int largest = diagnostic.span().line();
        for (Related related : diagnostic.related()) {
            largest = Math.max(largest, related.span().line());
        }
        return Integer.toString(largest).length();
    }

    private void place(StringBuilder out, int gutter, String arrow, Span span) {
        Position start = span.startPosition();
        out.append(paint(BLUE, " ".repeat(gutter + 1) + arrow))
                .append(Excerpt.printable(span.file().path()))
                .append(':')
                .append(start)
                .append('\n');
    }

    private void excerpt(StringBuilder out, int gutter, Span span, char mark, String colour, String label) {
        String bar = paint(BLUE, " ".repeat(gutter + 2) + "|");
        if (span.file().text().isEmpty()) {
            // A file that could not be read has no line to show.
            if (!label.isEmpty()) {
                out.append(bar).append(' ').append(Excerpt.printable(label)).append('\n');
            }
            return;
        }
        Excerpt excerpt = Excerpt.of(span);
        String number = Integer.toString(span.line());
        String padded = " ".repeat(gutter + 1 - number.length()) + number + " |";
        String beside = label.isEmpty() ? "" : " " + Excerpt.printable(label);
        out.append(bar).append('\n');
        out.append(paint(BLUE, padded))
                .append((" " + excerpt.text()).stripTrailing())
                .append('\n');
        out.append(bar)
                .append(' ')
                .append(excerpt.indent())
                .append(paint(colour, String.valueOf(mark).repeat(excerpt.width()) + beside))
                .append('\n');
    }

    private static String colour(Severity severity) {
        return switch (severity) {
            case ERROR -> "\u001B[1;31m";
            case WARNING -> "\u001B[1;33m";
            case INFO -> "\u001B[1;36m";
        };
    }

    private String paint(String colour, String text) {
        return coloured ? colour + text + RESET : text;
    }
}
