package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Says why a file of the command line was not read, and which was perhaps meant. */
final class UnreadFile {
    private static final String EXTENSION = ".cnn";
    /** Files that are named of a folder, and folders that are entered below it. */
    private static final int SHOWN = 4;

    private UnreadFile() {}

    static Diagnostic folder(Path folder, String shown) {
        List<String> inside = files(folder, SHOWN);
        return fault(shown, "is a folder")
                .help(
                        inside.isEmpty()
                                ? "name a file; there is no " + EXTENSION + " file in this folder"
                                : "name its files: "
                                        + String.join(" ", inside.subList(0, Math.min(SHOWN, inside.size())))
                                        + (inside.size() > SHOWN ? " …" : ""))
                .build();
    }

    static Diagnostic missing(Path file, String shown) {
        Diagnostic.Builder fault = fault(shown, "there is no such file");
        Path name = file.getFileName();
        Path parent = file.toAbsolutePath().getParent();
        if (name != null && parent != null) {
            List<String> beside = files(parent, 1).stream()
                    .map(one -> one.substring(one.lastIndexOf('/') + 1))
                    .toList();
            Nearest.help(name.toString(), beside).forEach(fault::help);
        }
        return fault.build();
    }

    static Diagnostic other(IOException failed, String shown) {
        return fault(shown, String.valueOf(failed.getMessage())).build();
    }

    private static Diagnostic.Builder fault(String shown, String reason) {
        SourceFile empty = SourceFile.of(shown, "");
        return Diagnostic.of(Code.UNREADABLE_FILE, empty.span(0, 0), "`" + shown + "` cannot be read")
                .label(reason);
    }

    /** The files in a folder, in order; none where it cannot be listed. */
    private static List<String> files(Path folder, int depth) {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.map(path -> path.toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(EXTENSION))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unlisted) {
            return List.of();
        }
    }
}
