package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file whose names are known: its own declarations and those it imports. Filled by the resolver, read by all others. */
public final class ResolvedFile {
    private final SyntaxFile syntax;
    private final Map<String, Symbol> declared = new LinkedHashMap<>();
    private final Map<String, Symbol> imported = new LinkedHashMap<>();
    private final Map<String, List<Symbol>> offered = new LinkedHashMap<>();
    private boolean complete;

    ResolvedFile(SyntaxFile syntax) {
        this.syntax = syntax;
        this.complete = syntax.namesComplete();
    }

    /** What the author wrote. */
    public SyntaxFile syntax() {
        return syntax;
    }

    /** The package that it says itself to be; empty for none. */
    public String packageName() {
        return syntax.packageName().map(Object::toString).orElse("");
    }

    /** What a name stands for: its own declarations first, then named imports, then those of {@code *}. */
    public Optional<Symbol> lookup(String name) {
        Symbol symbol = declared.getOrDefault(name, imported.get(name));
        if (symbol != null) {
            return Optional.of(symbol);
        }
        return Optional.ofNullable(offered.get(name)).map(all -> all.get(0));
    }

    /** What this file declares, in its order. */
    public Map<String, Symbol> declared() {
        return Collections.unmodifiableMap(declared);
    }

    /** Whether a name that cannot be found is a fault; not so after one that may have hidden its declaration. */
    public boolean isComplete() {
        return complete;
    }

    /** The models, instances and templates in the order of the file. */
    public List<Symbol> models() {
        return declared.values().stream()
                .filter(symbol -> symbol.declaration() instanceof Declaration.Model
                        || symbol.declaration() instanceof Declaration.ModelInstance)
                .toList();
    }

    /** The recipes in the order of the file. */
    public List<Declaration.Train> recipes() {
        return syntax.declarations().stream()
                .filter(Declaration.Train.class::isInstance)
                .map(Declaration.Train.class::cast)
                .toList();
    }

    /** All names that can be used here: for "did you mean". */
    Set<String> names() {
        Set<String> all = new LinkedHashSet<>(declared.keySet());
        all.addAll(imported.keySet());
        all.addAll(offered.keySet());
        return all;
    }

    /** What the several {@code *} imports offer under a name that nothing else gives; more than one is a fault. */
    List<Symbol> choices(String name) {
        if (declared.containsKey(name) || imported.containsKey(name)) {
            return List.of();
        }
        return List.copyOf(offered.getOrDefault(name, List.of()));
    }

    /** Adds a declaration; gives back the one that has its name already. */
    Optional<Symbol> declare(Symbol symbol) {
        return Optional.ofNullable(declared.putIfAbsent(symbol.name(), symbol));
    }

    /** Adds an imported name; gives back what has it already. */
    Optional<Symbol> importAs(String name, Symbol symbol) {
        if (declared.containsKey(name)) {
            return Optional.of(declared.get(name));
        }
        Symbol before = imported.putIfAbsent(name, symbol);
        return Optional.ofNullable(before).filter(other -> !other.equals(symbol));
    }

    /** Adds what {@code *} brings. */
    void offer(Symbol symbol) {
        List<Symbol> all = offered.computeIfAbsent(symbol.name(), name -> new ArrayList<>());
        if (!all.contains(symbol)) {
            all.add(symbol);
        }
    }

    /** Notes that a fault may hide names. */
    void markIncomplete() {
        complete = false;
    }

    @Override
    public String toString() {
        return syntax.source().path();
    }
}
