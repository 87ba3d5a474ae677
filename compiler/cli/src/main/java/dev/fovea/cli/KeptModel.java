package dev.fovea.cli;

import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.ReadSources;
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
 * nor we ourselves. Reading them spares a start the way from the file to the classes.
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
     * @return nothing where nothing is kept: without a cache, run from folders of classes, or of what is no file, as a pipe, and so is read once
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
        return Files.isRegularFile(file) ? ClassKey.ofCall(asked, jars) : Optional.empty();
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
            Map<String, String> given = hashes(in);
            List<Path> roots = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                roots.add(Path.of(in.readUTF()));
            }
            return new ReadSources(given, roots, hashes(in)).hold(library)
                    ? Optional.of(LoadedModel.of(new GeneratedClasses(classes), className))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> hashes(DataInputStream in) throws IOException {
        Map<String, String> hashes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            hashes.put(name, in.readUTF());
        }
        return hashes;
    }

    /** Keeps a model for later starts, if that can be done. */
    void keep(LoadedModel loaded, ReadSources sources) {
        Map<String, byte[]> kept = new HashMap<>(loaded.classes().bytes());
        kept.put(FACTS, facts(loaded.type().getName(), sources));
        cache.write(key, kept);
    }

    private static byte[] facts(String className, ReadSources sources) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(className);
            write(sources.given(), out);
            out.writeInt(sources.roots().size());
            for (Path root : sources.roots()) {
                out.writeUTF(root.toString());
            }
            write(sources.imported(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // which memory does not throw
        }
        return bytes.toByteArray();
    }

    private static void write(Map<String, String> hashes, DataOutputStream out) throws IOException {
        out.writeInt(hashes.size());
        for (Map.Entry<String, String> one : new TreeMap<>(hashes).entrySet()) {
            out.writeUTF(one.getKey());
            out.writeUTF(one.getValue());
        }
    }
}
