package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.FileDependencies;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The {@code .cnn} files of a project, and those that they may import from its dependencies.
 *
 * @param files below the source folder, sorted; their paths as messages show them
 * @param dependencies jars and folders of classes, in the order of the class path; those without {@code .cnn} files too
 */
record CnnSources(List<StoredFile> files, List<Path> dependencies) {
    private static final String SUFFIX = ".cnn";

    /** Copies the lists. */
    CnnSources {
        files = List.copyOf(files);
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Reads a project's files.
     *
     * @param base what the shown paths are relative to: the folder of the project
     * @throws IOException when a file cannot be read
     */
    static CnnSources read(Path base, Path folder, List<Path> dependencies) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (Path path : cnnFiles(folder)) {
            String shown = path.startsWith(base) ? base.relativize(path).toString() : path.toString();
            files.add(new StoredFile(shown.replace('\\', '/'), Files.readAllBytes(path)));
        }
        return new CnnSources(files, dependencies);
    }

    /** Which of the files a change to some of them reaches. */
    FileDependencies dependenciesAmongFiles() {
        return FileDependencies.of(files);
    }

    /** The fingerprint and package of each file by its path. */
    Map<String, GenerationRecord.Source> facts() {
        Map<String, String> packages = dependenciesAmongFiles().packages();
        Map<String, GenerationRecord.Source> facts = new LinkedHashMap<>();
        for (StoredFile file : files) {
            facts.put(
                    file.path(),
                    new GenerationRecord.Source(Fingerprint.of(file.bytes()), packages.getOrDefault(file.path(), "")));
        }
        return facts;
    }

    /** The diagnostics and models of some of the files; the others are there to be imported. */
    CheckResult check(Set<String> paths) {
        List<StoredFile> some =
                files.stream().filter(file -> paths.contains(file.path())).toList();
        Library library = Library.firstOf(List.of(dependenciesAmongFiles().library(), libraryOf(roots())));
        return Compiler.with(library).check(some, Map.of());
    }

    /** All diagnostics, and the models; imports are looked for among the files themselves and in the dependencies. */
    CheckResult check() {
        return Compiler.with(libraryOf(roots())).check(files, Map.of());
    }

    private List<Path> roots() {
        return dependencies.stream()
                .map(path -> Files.isDirectory(path) ? path.resolve(SourceRoots.FOLDER_IN_JAR) : path)
                .toList();
    }

    /**
     * What the generated classes depend on besides the files: what can be imported from elsewhere, and the compiler itself.
     *
     * @param compiler its version
     * @throws IOException when a dependency cannot be read
     */
    String environment(String compiler) throws IOException {
        Fingerprint fingerprint = new Fingerprint().add(compiler, new byte[0]);
        for (Path dependency : dependencies) {
            if (Files.isDirectory(dependency)) {
                Path folder = dependency.resolve(SourceRoots.FOLDER_IN_JAR);
                for (Path path : cnnFiles(folder)) {
                    fingerprint.add(folder.relativize(path).toString(), Files.readAllBytes(path));
                }
            } else if (Files.isRegularFile(dependency)) {
                addJar(fingerprint, dependency);
            }
        }
        return fingerprint.text();
    }

    private static Library libraryOf(List<Path> roots) {
        return SourceRoots.of(roots.stream().filter(Files::exists).toList());
    }

    private static void addJar(Fingerprint fingerprint, Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(CnnSources::isCnn).toList()) {
                fingerprint.add(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    private static boolean isCnn(ZipEntry entry) {
        return entry.getName().startsWith(SourceRoots.FOLDER_IN_JAR)
                && entry.getName().endsWith(SUFFIX);
    }

    private static List<Path> cnnFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(SUFFIX))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
