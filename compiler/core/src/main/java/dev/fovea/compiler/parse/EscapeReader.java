package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.grammar.CnnParser;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;

/** Reads the characters of a string, resolving its escapes. */
final class EscapeReader {

    private static final int LONGEST_CODE_POINT = 6;

    private final Tree tree;
    private final ParserRuleContext string;
    private final String source;

    EscapeReader(Tree tree, ParserRuleContext string) {
        this.tree = tree;
        this.string = string;
        this.source = tree.source().text();
    }

    /** The offset behind the last character of a string, its closing quote not counted. */
    static int contentEnd(CnnParser.StringContext string) {
        int end = string.getStop().getStopIndex() + 1;
        return string.STRING() != null ? end - 1 : end;
    }

    /**
     * Reads one character or escape into {@code text}.
     *
     * @param index where it begins
     * @param end where the string ends
     * @return where the next one begins
     */
    int read(int index, int end, StringBuilder text) {
        char c = source.charAt(index);
        if (c != '\\') {
            text.append(c);
            return index + 1;
        }
        if (index + 1 >= end) {
            return end;
        }
        switch (source.charAt(index + 1)) {
            case '"', '\\' -> text.append(source.charAt(index + 1));
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'u' -> {
                return codePoint(index, end, text);
            }
            default -> unknown(index, index + 2);
        }
        return index + 2;
    }

    private int codePoint(int index, int end, StringBuilder text) {
        int open = index + 2;
        int close = source.indexOf('}', open);
        if (open >= end || source.charAt(open) != '{' || close < 0 || close >= end) {
            unknown(index, Math.min(end, open));
            return Math.min(end, open);
        }
        OptionalInt codePoint = hexadecimal(source.substring(open + 1, close));
        if (codePoint.isPresent()) {
            text.appendCodePoint(codePoint.getAsInt());
        } else {
            unknown(index, close + 1);
        }
        return close + 1;
    }

    private static OptionalInt hexadecimal(String digits) {
        boolean valid = !digits.isEmpty()
                && digits.length() <= LONGEST_CODE_POINT
                && digits.chars().allMatch(c -> c < 0x7F && Character.digit(c, 16) >= 0);
        if (!valid) {
            return OptionalInt.empty();
        }
        int codePoint = Integer.parseInt(digits, 16);
        boolean character = Character.isValidCodePoint(codePoint)
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
        return character ? OptionalInt.of(codePoint) : OptionalInt.empty();
    }

    private void unknown(int start, int end) {
        int wholeEnd = Character.isSurrogate(source.charAt(end - 1)) && end < source.length() ? end + 1 : end;
        tree.report(
                string,
                Diagnostic.of(Code.UNKNOWN_ESCAPE, tree.source().span(start, wholeEnd), "there is no such escape")
                        .note("escapes: \\\" \\\\ \\n \\t \\u{1F600}"));
    }
}
