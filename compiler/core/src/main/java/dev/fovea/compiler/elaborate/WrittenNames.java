package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The names that the text of an expression holds: those whose values it may have used. */
final class WrittenNames {
    private static final Pattern HIDDEN =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|//[^\\n]*+|/\\*.*?\\*/", Pattern.DOTALL);

    /** A name that is neither a member, nor called, nor the name of an argument or a label. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*+(?!\\s*\\()(?!\\s*=(?![=>]))(?!\\s*:(?!:))");

    private WrittenNames() {}

    /** In the order in which they stand, as often as they do. */
    static List<String> of(Span text) {
        return NAME.matcher(HIDDEN.matcher(text.text()).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
