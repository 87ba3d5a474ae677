package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in which marks, written by hand, say what is wrong with their lines: {@code //~ ERROR CNN0301}, for several {@code
 * //~ ERROR CNN0301 CNN0310}.
 *
 * @param bytes the file without its marks, as a person would have written it; need not be UTF-8
 * @param expected what they say, in the form of {@link #found}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record MarkedFile(byte[] bytes, List<String> expected) {
    private static final Pattern MARK = Pattern.compile("//~ (ERROR|WARNING|INFO)((?: CNN\\d{4})+)");

    /**
     * Reads a file.
     *
     * @param name what the diagnostics will call it
     */
    static MarkedFile read(Path file, String name) throws IOException {
        // As bytes, a character each, so that what is no UTF-8 stays as it is.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> expected = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher mark = MARK.matcher(line);
            String plain = line;
            while (mark.find()) {
                plain = plain.substring(0, Math.min(plain.length(), line.indexOf("//~")))
                        .stripTrailing();
                for (String code : mark.group(2).strip().split(" ")) {
                    expected.add(name + ":" + number + " " + mark.group(1) + " " + code);
                }
            }
            lines.add(plain);
        }
        return new MarkedFile(
                String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1),
                expected.stream().sorted().toList());
    }

    /** The text without marks. */
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Diagnostics as the marks would say them, sorted. */
    static List<String> found(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(MarkedFile::mark).sorted().toList();
    }

    private static String mark(Diagnostic found) {
        return found.span().file().path() + ":" + found.span().line() + " "
                + found.severity().word().toUpperCase(Locale.ROOT) + " "
                + found.code().id();
    }
}
