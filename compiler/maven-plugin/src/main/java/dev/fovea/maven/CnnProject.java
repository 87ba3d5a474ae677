package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The {@code .cnn} files of a project, and where the packages they import may lie.
 *
 * @param base the project's folder: messages name files from there
 * @param sources the folder of its {@code .cnn} files; need not exist
 * @param dependencies jars and folders of classes, which may hold {@code META-INF/cnn/}
 */
record CnnProject(Path base, Path sources, List<Path> dependencies) {
    CnnProject {
        dependencies = List.copyOf(dependencies);
    }

    /** The files, sorted by their path, with the names that messages show. */
    List<StoredFile> files() throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        List<StoredFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(sources)) {
            List<Path> paths = all.filter(path -> path.toString().endsWith(".cnn"))
                    .sorted()
                    .toList();
            for (Path path : paths) {
                String shown = base.relativize(path).toString().replace('\\', '/');
                files.add(new StoredFile(shown, Files.readAllBytes(path)));
            }
        }
        return files;
    }

    /** What the compiler says of the files. */
    CheckResult check(List<StoredFile> files) {
        Library library = Library.firstOf(
                List.of(SourceRoots.of(roots()), SourceRoots.onClassPath(CnnProject.class.getClassLoader())));
        return Compiler.with(library).check(files, Map.of());
    }

    /** A digest of all that the result depends on: the files, and what may be imported from the dependencies. */
    String fingerprint(List<StoredFile> files, String version) throws IOException {
        Fingerprint fingerprint = new Fingerprint().add(version, new byte[0]);
        files.forEach(file -> fingerprint.add(file.path(), file.bytes()));
        for (Path dependency : dependencies) {
            Path folder = dependency.resolve(SourceRoots.FOLDER_IN_JAR);
            if (Files.isRegularFile(dependency)) {
                long[] state = {
                    Files.size(dependency),
                    Files.getLastModifiedTime(dependency).toMillis()
                };
                fingerprint.add(dependency.getFileName() + " " + state[0] + " " + state[1], new byte[0]);
            } else if (Files.isDirectory(folder)) {
                for (StoredFile file : new CnnProject(folder, folder, List.of()).files()) {
                    fingerprint.add(file.path(), file.bytes());
                }
            }
        }
        return fingerprint.text();
    }

    private List<Path> roots() {
        List<Path> roots = new ArrayList<>(List.of(sources));
        for (Path dependency : dependencies) {
            roots.add(Files.isRegularFile(dependency) ? dependency : dependency.resolve(SourceRoots.FOLDER_IN_JAR));
        }
        return roots;
    }
}
