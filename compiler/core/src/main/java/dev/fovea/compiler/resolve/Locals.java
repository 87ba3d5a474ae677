package dev.fovea.compiler.resolve;

import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a body or an anonymous block defines, as far as it is read, and which of them were used. */
final class Locals {
    private final @Nullable Locals outer;
    private final Map<String, Identifier> defined = new LinkedHashMap<>();
    private final Map<String, Span> later = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private Locals(@Nullable Locals outer) {
        this.outer = outer;
    }

    /** The names of a body. */
    static Locals ofBody() {
        return new Locals(null);
    }

    /** The names of an anonymous block within these. */
    Locals inner() {
        return new Locals(this);
    }

    /** Notes that a name will be defined further down. */
    void announce(Identifier name) {
        later.putIfAbsent(name.name(), name.span());
    }

    /** Defines a name; gives back the definition it has already in this very body. */
    Optional<Identifier> define(Identifier name) {
        return Optional.ofNullable(defined.putIfAbsent(name.name(), name));
    }

    /** Whether the name is defined, here or further out; it then counts as used. */
    boolean use(String name) {
        for (Locals locals = this; locals != null; locals = locals.outer) {
            if (locals.defined.containsKey(name)) {
                locals.used.add(name);
                return true;
            }
        }
        return false;
    }

    /** Counts a name as used that a faulty use may have meant. */
    void excuse(String name) {
        for (Locals locals = this; locals != null; locals = locals.outer) {
            locals.used.add(name);
        }
    }

    /** Where a name that is not yet defined will be. */
    Optional<Span> definedLater(String name) {
        for (Locals locals = this; locals != null; locals = locals.outer) {
            Span span = locals.later.get(name);
            if (span != null) {
                return Optional.of(span);
            }
        }
        return Optional.empty();
    }

    /** Whether anything has read the name. */
    boolean isUsed(String name) {
        return used.contains(name);
    }

    /** All names that can be read here. */
    Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (Locals locals = this; locals != null; locals = locals.outer) {
            all.addAll(locals.defined.keySet());
        }
        return all;
    }
}
