package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The programs of one context. Each is compiled once a process for a device: another context takes up the compiler's output,
 * and another process finds it in the {@link ProgramCache}.
 */
final class Programs implements AutoCloseable {
    private static final Map<String, byte[]> COMPILED = new ConcurrentHashMap<>();
    private static final AtomicLong COMPILATIONS = new AtomicLong();

    /**
     * A program with its numbers.
     *
     * @param file of its text
     * @param defines the numbers
     */
    record Variant(String file, Defines defines) {}

    private final ClContext context;
    private final ProgramCache cache;
    private final Map<String, ClProgram> open = new ConcurrentHashMap<>();

    /** No programs yet. */
    Programs(ClContext context, ProgramCache cache) {
        this.context = context;
        this.cache = cache;
    }

    /** How often this process has called a compiler. */
    static long compilations() {
        return COMPILATIONS.get();
    }

    /** Forgets what this process has compiled: for the tests of the cache. */
    static void forget() {
        COMPILED.clear();
    }

    /**
     * A kernel of its own of a program built with the given defines.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when the program does not compile
     */
    ClKernel kernel(String file, Defines defines, String name) {
        return new ClKernel(context, program(new Variant(file, defines)), file, name);
    }

    /**
     * Builds programs side by side, as far as they are not built yet: drivers take long for each, and most can work at several.
     * One that does not compile says so when it is asked for.
     */
    void prepare(List<Variant> variants) {
        variants.parallelStream().forEach(variant -> {
            try {
                program(variant);
            } catch (DeviceException saidLater) {
                // Thrown here, it would leave the others at work on a context that is closed meanwhile.
            }
        });
    }

    private ClProgram program(Variant variant) {
        ProgramSource source = ProgramSource.of(variant.file());
        Defines defines = variant.defines();
        source.checkDefines(defines.values().keySet());
        String key = ProgramCache.key(context.device().compilerIdentity(), source.text(), ClProgram.options(defines));
        ClProgram known = open.get(key);
        if (known != null) {
            return known;
        }
        ClProgram built = build(key, source, defines);
        ClProgram other = open.putIfAbsent(key, built);
        if (other == null) {
            return built;
        }
        built.close();
        return other;
    }

    private ClProgram build(String key, ProgramSource source, Defines defines) {
        byte[] known = COMPILED.get(key);
        Optional<byte[]> binary = known == null ? cache.find(key) : Optional.of(known);
        if (binary.isPresent()) {
            ClProgram program = ClProgram.ofBinary(context, binary.get(), ClProgram.options(defines));
            if (program != null) {
                COMPILED.put(key, binary.get());
                return program;
            }
            cache.drop(key);
        }
        ClProgram program = ClProgram.ofSource(context, source, defines);
        COMPILATIONS.incrementAndGet();
        byte[] compiled = program.binary();
        if (compiled.length > 0) {
            COMPILED.put(key, compiled);
            cache.store(key, compiled);
        }
        return program;
    }

    /** Closes them all; the kernels made of them are closed before. */
    @Override
    public void close() {
        open.values().forEach(ClProgram::close);
        open.clear();
    }
}
