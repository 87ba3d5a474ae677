package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Files of a command line.
 *
 * @param paths those that could be read
 * @param stored their content, in the same order
 */
record InputFiles(List<Path> paths, List<StoredFile> stored) {
    InputFiles {
        paths = List.copyOf(paths);
        stored = List.copyOf(stored);
    }

    /** Reads files; reports those that cannot be read. */
    static InputFiles read(List<Path> files, DiagnosticSink sink) {
        List<Path> paths = new ArrayList<>();
        List<StoredFile> stored = new ArrayList<>();
        for (Path file : new LinkedHashSet<>(files)) {
            String shown = file.toString().replace('\\', '/');
            try {
                if (Files.isDirectory(file)) {
                    sink.report(UnreadFile.folder(file, shown));
                } else {
                    stored.add(new StoredFile(shown, Files.readAllBytes(file)));
                    paths.add(file);
                }
            } catch (NoSuchFileException missing) {
                sink.report(UnreadFile.missing(file, shown));
            } catch (IOException failed) {
                sink.report(UnreadFile.other(failed, shown));
            }
        }
        return new InputFiles(paths, stored);
    }

    /** The roots that the files imply by where they lie and what packages they are. */
    List<Path> impliedRoots(List<SyntaxFile> syntax) {
        Set<Path> roots = new LinkedHashSet<>();
        for (int i = 0; i < paths.size(); i++) {
            String packageName =
                    syntax.get(i).packageName().map(Object::toString).orElse("");
            roots.add(SourceRoots.impliedBy(paths.get(i), packageName));
        }
        return List.copyOf(roots);
    }
}
