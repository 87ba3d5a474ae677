package dev.fovea.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Definitions by name. */
public final class Registry<T> {
    private final Map<String, Def<? extends T>> byName = new TreeMap<>();

    private Registry() {}

    /** A registry of these definitions, whose names are all different. */
    @SafeVarargs
    public static <T> Registry<T> of(Def<? extends T>... all) {
        Registry<T> registry = new Registry<>();
        for (Def<? extends T> def : all) {
            if (registry.byName.put(def.name(), def) != null) {
                throw new IllegalStateException("two definitions named " + def.name());
            }
        }
        return registry;
    }

    /** The definition of a name. */
    public Optional<Def<? extends T>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All definitions, in the order of their names. */
    public List<Def<? extends T>> all() {
        return List.copyOf(byName.values());
    }

    /** All names, sorted: for "did you mean". */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
