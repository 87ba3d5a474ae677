package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.MarkdownPage.Block;
import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.SourceRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Does what the blocks of a page say, from the top, in a folder in which {@code examples} and {@code stdlib-models} lie.
 *
 * <ul>
 *   <li>{@code cnn [file=PATH] [CODE …]}: a file, with exactly these diagnostics, which are none where no code stands there. With a path
 *       it stays for what follows on the page.
 *   <li>{@code console [about]}: commands behind {@code $} and what they print. A line {@code ...} stands for any lines;
 *       {@code about}: numbers may differ.
 *   <li>{@code java file=PATH [with=FILE.cnn,…]}: a class, which compiles against those that are generated of the files.
 *   <li>{@code xml from=PATH}: part of that file of the repository.
 * </ul>
 *
 * <p>Other blocks are only looked at.
 */
final class PageRun {
    private static final Pattern CODE = Pattern.compile("CNN\\d{4}");

    /** Folders of the repository that a page's commands may use. */
    private static final List<String> LINKED = List.of("examples", "stdlib-models");

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private final MarkdownPage page;
    private final Path folder;
    private final Shell shell;
    private final StringBuilder updated;
    private int shift;

    PageRun(MarkdownPage page, Path folder) throws IOException {
        this.page = page;
        this.folder = folder.toRealPath();
        this.shell = new Shell(this.folder);
        this.updated = new StringBuilder(page.text());
    }

    void run() throws IOException {
        for (String name : LINKED) {
            Files.createSymbolicLink(
                    folder.resolve(name), MarkdownPage.ROOT.resolve(name).toRealPath());
        }
        try {
            for (Block block : page.blocks()) {
                run(block);
            }
        } finally {
            for (String name : LINKED) {
                Files.delete(folder.resolve(name));
            }
        }
        if (UPDATE && !updated.toString().equals(page.text())) {
            Files.writeString(page.path(), updated);
        }
    }

    private void run(Block block) throws IOException {
        switch (block.language()) {
            case "cnn" -> check(block);
            case "console" -> type(block);
            case "java" -> compile(block);
            case "xml" -> find(block);
            default -> {
                // To be read only.
            }
        }
    }

    private void check(Block block) throws IOException {
        Path file = write(block, block.value("file").orElse("example.cnn"));
        CheckResult result = Compiler.with(SourceRoots.onClassPath(Main.class.getClassLoader()))
                .checkPaths(List.of(file), Map.of());
        List<String> codes = result.diagnostics().stream()
                .map(found -> found.code().id())
                .sorted()
                .toList();
        List<String> expected = block.words().stream()
                .filter(word -> CODE.matcher(word).matches())
                .sorted()
                .toList();
        assertThat(codes)
                .as("%s\n%s", place(block), TextRenderer.plain().render(result.diagnostics()))
                .isEqualTo(expected);
    }

    private void type(Block block) {
        boolean about = block.words().contains("about");
        String actual = shell.type(block.text());
        if (Transcript.matches(block.text(), actual, about)) {
            return;
        }
        boolean canStand = !block.text().contains("\n...\n") && !actual.contains("```");
        if (UPDATE && canStand) {
            int begin = block.begin() + shift;
            updated.replace(begin, begin + block.text().length(), actual);
            shift += actual.length() - block.text().length();
            return;
        }
        assertThat(actual)
                .as("%s; -Dgolden.update=true rewrites it", place(block))
                .isEqualTo(block.text());
    }

    private void compile(Block block) throws IOException {
        if (block.value("file").isPresent()) {
            Path file = write(block, block.value("file").get());
            List<Path> models = block.value("with").stream()
                    .flatMap(all -> List.of(all.split(",")).stream())
                    .map(folder::resolve)
                    .toList();
            assertThat(JavaPages.faults(file, models, folder)).as(place(block)).isEmpty();
        }
    }

    private void find(Block block) throws IOException {
        if (block.value("from").isPresent()) {
            String whole = Files.readString(
                    MarkdownPage.ROOT.resolve(block.value("from").get()));
            assertThat(squeezed(whole)).as(place(block)).contains(squeezed(block.text()));
        }
    }

    private Path write(Block block, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, block.text());
    }

    private String place(Block block) {
        return page.name() + ":" + block.line();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
