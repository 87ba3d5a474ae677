package dev.fovea.cli;

import dev.fovea.compiler.resolve.Imports;
import dev.fovea.compiler.resolve.Library;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The classes of a model that a call meant before, if nothing has changed since: neither the file nor what it imports, what was asked for
 * nor we ourselves. Reading them spares a start the way from the file to the classes, half a second for LeNet-5.
 */
final class KeptModel {
    /** What is kept beside the classes; no class has such a name. */
    private static final String FACTS = "/facts";

    private final ClassCache cache;
    private final ClassKey key;
    private final Library library;

    private KeptModel(ClassCache cache, ClassKey key, Library library) {
        this.cache = cache;
        this.key = key;
        this.library = library;
    }

    /**
     * Of a call.
     *
     * @return nothing where nothing is kept: without a cache, run from folders of classes, or when the file cannot be read
     */
    static Optional<KeptModel> of(Path file, String model, SourceOptions sources) {
        return of(file, model, sources, ClassCache.ofUser(), ourJars());
    }

    /** As {@link #of(Path, String, SourceOptions)}, with a cache and what we are made of. */
    static Optional<KeptModel> of(
            Path file, String model, SourceOptions sources, Optional<ClassCache> cache, List<Path> jars) {
        return cache.flatMap(
                some -> key(file, model, sources, jars).map(key -> new KeptModel(some, key, sources.library())));
    }

    private static Optional<ClassKey> key(Path file, String model, SourceOptions sources, List<Path> jars) {
        List<String> asked = new ArrayList<>(List.of(
                file.toString(),
                file.toAbsolutePath().toString(),
                model,
                Integer.toString(sources.roots().size())));
        sources.roots().forEach(root -> asked.add(root.toAbsolutePath().toString()));
        new TreeMap<>(sources.parameters()).forEach((name, value) -> asked.addAll(List.of(name, value)));
        try {
            asked.add(new Library.StoredFile("", Files.readAllBytes(file)).hash());
        } catch (IOException e) {
            return Optional.empty(); // whoever compiles it says so
        }
        return ClassKey.ofCall(asked, jars);
    }

    private static List<Path> ourJars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /** The model, when it is kept and would come out the same. */
    Optional<LoadedModel> find() {
        return cache.read(key).flatMap(kept -> {
            Map<String, byte[]> classes = new HashMap<>(kept);
            byte[] facts = classes.remove(FACTS);
            return facts == null ? Optional.empty() : load(facts, classes);
        });
    }

    private Optional<LoadedModel> load(byte[] facts, Map<String, byte[]> classes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(facts));
            String className = in.readUTF();
            List<Path> roots = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                roots.add(Path.of(in.readUTF()));
            }
            Map<String, String> found = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String packageName = in.readUTF();
                found.put(packageName, in.readUTF());
            }
            return new Imports(roots, found).hold(library)
                    ? Optional.of(LoadedModel.of(new GeneratedClasses(classes), className))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a model for later starts, if that can be done. */
    void keep(LoadedModel loaded, Imports imports) {
        Map<String, byte[]> kept = new HashMap<>(loaded.classes().bytes());
        kept.put(FACTS, facts(loaded.type().getName(), imports));
        cache.write(key, kept);
    }

    private static byte[] facts(String className, Imports imports) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(className);
            out.writeInt(imports.roots().size());
            for (Path root : imports.roots()) {
                out.writeUTF(root.toString());
            }
            out.writeInt(imports.found().size());
            for (Map.Entry<String, String> one : new TreeMap<>(imports.found()).entrySet()) {
                out.writeUTF(one.getKey());
                out.writeUTF(one.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // which memory does not throw
        }
        return bytes.toByteArray();
    }
}
