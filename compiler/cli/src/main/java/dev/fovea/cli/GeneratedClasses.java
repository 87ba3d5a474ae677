package dev.fovea.cli;

import dev.fovea.compiler.emit.GeneratedSource;
import dev.fovea.ops.Op;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The classes of generated sources; its loader finds them before any others of the same names. */
final class GeneratedClasses extends ClassLoader {
    private final Map<String, byte[]> bytes;

    /** Of classes by name, in the form of class files. */
    GeneratedClasses(Map<String, byte[]> bytes) {
        super(GeneratedClasses.class.getClassLoader());
        this.bytes = Map.copyOf(bytes);
    }

    /**
     * Of sources: compiled, unless the user's cache has them from an earlier start.
     *
     * @throws FoveaException when they must be compiled and this Java has no compiler
     */
    static GeneratedClasses of(List<GeneratedSource> sources) throws FoveaException {
        return of(sources, classPath(), ClassCache.ofUser());
    }

    /** As {@link #of(List)}, with what they need and a cache. */
    static GeneratedClasses of(List<GeneratedSource> sources, List<Path> classPath, Optional<ClassCache> cache)
            throws FoveaException {
        Optional<ClassKey> key = cache.flatMap(some -> ClassKey.of(sources, classPath));
        if (cache.isEmpty() || key.isEmpty()) {
            return new GeneratedClasses(InMemoryCompiler.compile(sources, classPath));
        }
        Optional<Map<String, byte[]>> kept = cache.get().read(key.get());
        if (kept.isPresent()) {
            return new GeneratedClasses(kept.get());
        }
        Map<String, byte[]> classes = InMemoryCompiler.compile(sources, classPath);
        cache.get().write(key.get(), classes);
        return new GeneratedClasses(classes);
    }

    /** Generated code needs the runtime and the operators, wherever they were loaded from. */
    static List<Path> classPath() {
        return Stream.of(CompiledModel.class, Op.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> {
                    try {
                        return Path.of(location.toURI());
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException("no path: " + location, e);
                    }
                })
                .toList();
    }

    /** The classes by name, in the form of class files. */
    Map<String, byte[]> bytes() {
        return bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            byte[] own = bytes.get(name);
            if (own == null || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            return defineClass(name, own, 0, own.length);
        }
    }
}
