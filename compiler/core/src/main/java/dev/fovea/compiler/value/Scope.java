package dev.fovea.compiler.value;

import dev.fovea.compiler.resolve.ResolvedFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names that expressions see, innermost first: those of an anonymous block, of the body around it, of the file. A body
 * adds its names as it is worked through; the name checker has made sure that none is used before.
 */
public final class Scope {
    private final ResolvedFile file;
    private final @Nullable Scope outer;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    private Scope(ResolvedFile file, @Nullable Scope outer) {
        this.file = file;
        this.outer = outer;
    }

    /** The scope of a body in this file. */
    public static Scope of(ResolvedFile file) {
        return new Scope(file, null);
    }

    /** A scope within this one. */
    public Scope inner() {
        return new Scope(file, this);
    }

    /** The file whose declarations and imports are in scope. */
    public ResolvedFile file() {
        return file;
    }

    /** Gives a name a value; the first one wins, as a second definition is a fault that has been reported. */
    public void define(String name, Value value) {
        values.putIfAbsent(name, value);
    }

    /** Gives a name a value that comes from somewhere. */
    public void define(String name, Value value, Origin origin) {
        if (values.putIfAbsent(name, value) == null) {
            origins.put(name, origin);
        }
    }

    /** Takes back the value of a name that this very scope defines: nothing can be said of what depends on it. */
    public void forget(String name) {
        values.replace(name, Value.unknown());
        origins.remove(name);
    }

    /** Where the value of a name comes from, where that is known. */
    public Optional<Origin> origin(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                return Optional.ofNullable(scope.origins.get(name));
            }
        }
        return Optional.empty();
    }

    /** The value of a parameter or {@code let}. */
    public Optional<Value> local(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value value = scope.values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The names that this very scope defines. */
    public Map<String, Value> values() {
        return Map.copyOf(values);
    }
}
