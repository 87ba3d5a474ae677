package dev.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation in Markdown.
 *
 * @param path where it lies
 * @param text all of it; lines end with LF
 */
record MarkdownPage(Path path, String text) {
    private static final Pattern FENCED =
            Pattern.compile("^```([a-z]*)( [^\\n]*)?\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /** The root of the repository, seen from the folder in which tests run. */
    static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("../..");

    /**
     * A block between fences.
     *
     * @param language the first word behind the opening fence: {@code cnn}, {@code console}; may be empty
     * @param words the others
     * @param text what stands between the fences
     * @param begin where that begins in the page
     * @param line the line of the opening fence
     */
    record Block(String language, List<String> words, String text, int begin, int line) {
        /** The value of a word {@code name=value}. */
        Optional<String> value(String name) {
            return words.stream()
                    .filter(word -> word.startsWith(name + "="))
                    .map(word -> word.substring(name.length() + 1))
                    .findFirst();
        }
    }

    static MarkdownPage read(Path path) {
        try {
            return new MarkdownPage(path, Files.readString(path).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages below a folder, sorted; those that are input of a test, or made by a build, are not. */
    static List<MarkdownPage> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/src/"))
                    .sorted()
                    .map(MarkdownPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            String rest = fenced.group(2) == null ? "" : fenced.group(2).strip();
            int line = (int) text.substring(0, fenced.start()).lines().count() + 1;
            blocks.add(new Block(
                    fenced.group(1),
                    rest.isEmpty() ? List.of() : Arrays.asList(rest.split(" +")),
                    fenced.group(3),
                    fenced.start(3),
                    line));
        }
        return blocks;
    }

    /** What the page's links lead to: of another site none. */
    List<String> links() {
        String prose = FENCED.matcher(text).replaceAll("").replaceAll("`[^`\\n]*`", "");
        return LINK.matcher(prose)
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .toList();
    }

    /** The anchors of the headings, as the usual viewers make them. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        HEADING.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .forEach(heading ->
                        anchors.add(heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-')));
        return anchors;
    }

    /** Its path from the root of the repository. */
    String name() {
        return ROOT.normalize().relativize(path.normalize()).toString().replace('\\', '/');
    }
}
