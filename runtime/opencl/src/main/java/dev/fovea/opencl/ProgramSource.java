package dev.fovea.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a program, read from a {@code .cl} file beside this class. A line {@code #include "other.cl"} is replaced by
 * that file, as often as it stands there, which is how one matrix product serves several kernels. A line that begins with
 * {@code //!} names a define that the program expects and says what it is.
 *
 * @param file the file's name
 * @param text what the compiler gets
 * @param expected the names of the defines
 */
record ProgramSource(String file, String text, Set<String> expected) {
    private static final Pattern INCLUDE = Pattern.compile("\\s*#include \"(\\w+\\.cl)\"\\s*");
    private static final Pattern EXPECTED = Pattern.compile("//! (\\w+)\\s+\\S.*");
    private static final Map<String, ProgramSource> LOADED = new ConcurrentHashMap<>();

    ProgramSource {
        expected = Set.copyOf(expected);
    }

    /** The program of a file. */
    static ProgramSource of(String file) {
        return LOADED.computeIfAbsent(file, ProgramSource::load);
    }

    /**
     * Checks that a program gets the defines it expects, and no others.
     *
     * @throws IllegalArgumentException where it does not
     */
    void checkDefines(Set<String> given) {
        if (!given.equals(expected)) {
            throw new IllegalArgumentException(
                    file + " expects the defines " + new TreeSet<>(expected) + " and got " + new TreeSet<>(given));
        }
    }

    private static ProgramSource load(String file) {
        StringBuilder text = new StringBuilder();
        Set<String> expected = new TreeSet<>();
        append(file, text, expected);
        String ascii = text.toString().replaceAll("[^\\p{ASCII}]", "?"); // in comments; compilers need not take more
        return new ProgramSource(file, ascii, expected);
    }

    private static void append(String file, StringBuilder text, Set<String> expected) {
        text.append("#line 1 \"").append(file).append("\"\n");
        int number = 0;
        for (String line : read(file).lines().toList()) {
            number++;
            Matcher include = INCLUDE.matcher(line);
            Matcher define = EXPECTED.matcher(line);
            if (include.matches()) {
                append(include.group(1), text, expected);
                text.append("#line ")
                        .append(number + 1)
                        .append(" \"")
                        .append(file)
                        .append("\"\n");
            } else {
                if (define.matches()) {
                    expected.add(define.group(1));
                }
                text.append(line).append('\n');
            }
        }
    }

    private static String read(String file) {
        try (InputStream in = ProgramSource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no program " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the program " + file + " cannot be read", unreadable);
        }
    }
}
