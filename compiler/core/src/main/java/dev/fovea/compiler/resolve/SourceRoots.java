package dev.fovea.compiler.resolve;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Libraries on disk: folders, jars and the class path. */
public final class SourceRoots {
    /** Where a jar keeps its files. */
    public static final String FOLDER_IN_JAR = "META-INF/cnn/";

    private static final String SUFFIX = ".cnn";

    private SourceRoots() {}

    /** Folders, whose files are below them, and jars, whose files are below {@value #FOLDER_IN_JAR}; in this order. */
    public static Library of(List<Path> roots) {
        List<Library> all = new ArrayList<>();
        for (Path root : roots) {
            all.add(Files.isRegularFile(root) ? new Jar(root) : new Folder(root));
        }
        return Library.firstOf(all);
    }

    /** The files below {@value #FOLDER_IN_JAR} on the class path: the standard models. */
    public static Library onClassPath(ClassLoader loader) {
        return new ClassPath(loader);
    }

    /**
     * The root that a file implies: its folder less its package's path, or its folder where the two do not agree.
     *
     * @param file a path to it
     * @param packageName what it says itself; empty for none
     */
    public static Path impliedBy(Path file, String packageName) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        String folders = packageName.substring(0, Math.max(0, packageName.lastIndexOf('.')));
        // `a/b.cnn` is package a.b; but a folder a/b with several files of package a.b is as clear.
        for (String folder : List.of(packageName, folders)) {
            Path relative = Path.of(folder.replace('.', '/'));
            if (!folder.isEmpty() && root.endsWith(relative)) {
                return ancestor(root, relative.getNameCount());
            }
        }
        return root;
    }

    private static Path ancestor(Path path, int levels) {
        Path ancestor = path;
        for (int i = 0; i < levels; i++) {
            ancestor = Optional.ofNullable(ancestor.getParent()).orElse(ancestor);
        }
        return ancestor;
    }

    private static String parent(String packageName) {
        return packageName.substring(0, packageName.lastIndexOf('.') + 1);
    }

    private static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }

    private record Folder(Path root) implements Library {
        @Override
        public Optional<StoredFile> find(String packageName) throws IOException {
            Path file = root.resolve(Library.path(packageName));
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            return Optional.of(new StoredFile(shown(file), Files.readAllBytes(file)));
        }

        @Override
        public List<String> siblings(String packageName) {
            String parent = parent(packageName);
            Path folder = root.resolve(parent.replace('.', '/'));
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> parent + name.substring(0, name.length() - SUFFIX.length()))
                        .sorted()
                        .toList();
            } catch (IOException noSuchFolder) {
                return List.of();
            }
        }
    }

    private record Jar(Path path) implements Library {
        @Override
        public Optional<StoredFile> find(String packageName) throws IOException {
            try (ZipFile jar = new ZipFile(path.toFile())) {
                String name = FOLDER_IN_JAR + Library.path(packageName);
                ZipEntry entry = jar.getEntry(name);
                if (entry == null) {
                    return Optional.empty();
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    return Optional.of(new StoredFile(shown(path) + "!/" + name, in.readAllBytes()));
                }
            }
        }

        @Override
        public List<String> siblings(String packageName) {
            String folder = FOLDER_IN_JAR + parent(packageName).replace('.', '/');
            try (ZipFile jar = new ZipFile(path.toFile())) {
                return jar.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(folder) && name.endsWith(SUFFIX))
                        .map(name -> name.substring(FOLDER_IN_JAR.length(), name.length() - SUFFIX.length())
                                .replace('/', '.'))
                        .sorted()
                        .toList();
            } catch (IOException unreadable) {
                return List.of();
            }
        }
    }

    private record ClassPath(ClassLoader loader) implements Library {
        @Override
        public Optional<StoredFile> find(String packageName) throws IOException {
            String name = FOLDER_IN_JAR + Library.path(packageName);
            URL resource = loader.getResource(name);
            if (resource == null) {
                return Optional.empty();
            }
            try (InputStream in = resource.openStream()) {
                // Not where the jar lies: messages are the same on every machine.
                return Optional.of(new StoredFile(Library.path(packageName), in.readAllBytes()));
            }
        }

        @Override
        public List<String> siblings(String packageName) {
            List<String> all = new ArrayList<>();
            String parent = parent(packageName);
            try {
                for (URL folder : Collections.list(loader.getResources(FOLDER_IN_JAR + parent.replace('.', '/')))) {
                    if (folder.openConnection() instanceof JarURLConnection jar) {
                        all.addAll(new Jar(Path.of(jar.getJarFileURL().toURI())).siblings(packageName));
                    } else if (folder.getProtocol().equals("file")) {
                        Path below = Path.of(folder.toURI());
                        int levels = parent.isEmpty() ? 0 : parent.split("\\.").length;
                        all.addAll(new Folder(ancestor(below, levels)).siblings(packageName));
                    }
                }
            } catch (IOException | URISyntaxException unreadable) {
                return List.of();
            }
            return all;
        }
    }
}
