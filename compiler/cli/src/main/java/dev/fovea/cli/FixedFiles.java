package dev.fovea.cli;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Fixes;
import dev.fovea.compiler.diagnostics.Fixes.Applied;
import dev.fovea.compiler.diagnostics.Fixes.Mended;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.runtime.FoveaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a {@code fovea check --fix}, mended round by round: a check finds fixes, those that do not overlap are
 * applied, the next check finds what is left. A file on disk is always whole: the old text or the new one.
 */
final class FixedFiles {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<Path> files;
    private final Set<SourceFile> seen = new HashSet<>();
    private final List<Applied> applied = new ArrayList<>();

    /** Files that fixes may be written to; those that they import are left alone. */
    FixedFiles(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** What has been applied so far, in this order. */
    List<Applied> applied() {
        return applied;
    }

    /**
     * Applies the fixes of one check.
     *
     * @return whether a file has changed, so that it should be checked again
     * @throws FoveaException when a file cannot be written
     */
    boolean apply(List<Diagnostic> diagnostics) throws FoveaException {
        boolean changed = false;
        for (Path file : files) {
            try {
                changed |= apply(file, diagnostics);
            } catch (IOException failed) {
                throw new FoveaException(
                        "`" + file + "` cannot be mended: " + failed,
                        List.of("it is unchanged; without `--fix` nothing is written"));
            }
        }
        return changed;
    }

    private boolean apply(Path file, List<Diagnostic> diagnostics) throws IOException {
        String shown = file.toString().replace('\\', '/');
        boolean concerned = diagnostics.stream().anyMatch(one -> one.fixes().stream()
                .anyMatch(fix -> fix.span().file().path().equals(shown)));
        if (!concerned) {
            return false;
        }
        Optional<String> content = content(file);
        if (content.isEmpty()) {
            return false;
        }
        SourceFile source = SourceFile.of(shown, content.get());
        Mended mended = Fixes.mend(source, diagnostics);
        // Fixes that lead back to a text that was there before would go on for ever.
        seen.add(source);
        if (mended.applied().isEmpty() || seen.contains(SourceFile.of(shown, mended.text()))) {
            return false;
        }
        boolean marked = content.get().startsWith(BYTE_ORDER_MARK);
        replace(file.toRealPath(), marked ? BYTE_ORDER_MARK + mended.text() : mended.text());
        applied.addAll(mended.applied());
        return true;
    }

    /** The text of a file; empty when it is not UTF-8, and so was not checked as it stands there. */
    private static Optional<String> content(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** Puts a new text in the place of a file, with its permissions, in one step. */
    private static void replace(Path file, String text) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".fovea", ".part");
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
