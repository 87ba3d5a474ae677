package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the names of a whole program, once its imports are followed. */
final class ProgramChecker {
    private final List<ResolvedFile> given;
    private final List<ResolvedFile> imported;
    private final DiagnosticSink sink;
    private final Recursion recursion = new Recursion();
    private final Map<Symbol, Set<String>> readByRecipes = new HashMap<>();

    ProgramChecker(List<ResolvedFile> given, List<ResolvedFile> imported, DiagnosticSink sink) {
        this.given = given;
        this.imported = imported;
        this.sink = sink;
    }

    /** Reports all faults; gives back the declarations that lead back to themselves. */
    Set<Symbol> check() {
        List<ResolvedFile> all =
                Stream.concat(given.stream(), imported.stream()).toList();
        all.forEach(this::recipes);
        for (ResolvedFile file : all) {
            boolean warn = given.contains(file);
            file.declared().values().forEach(symbol -> declaration(symbol, warn));
        }
        for (List<Symbol> cycle : recursion.cycles()) {
            sink.report(NameFaults.recursion(cycle.get(0), cycle));
        }
        return recursion.recursive();
    }

    private void declaration(Symbol symbol, boolean warn) {
        Set<String> read = readByRecipes.getOrDefault(symbol, Set.of());
        new NameChecker(symbol.file(), sink, read, other -> recursion.add(symbol, other))
                .check(symbol.declaration(), warn);
    }

    private void recipes(ResolvedFile file) {
        Set<String> names = new HashSet<>();
        for (Declaration.Train recipe : file.recipes()) {
            new AnnotationChecker(sink).check(recipe.annotations(), AnnotationChecker.Place.OTHER);
            String key = recipe.model().name() + ":"
                    + recipe.name().map(Identifier::name).orElse("");
            if (!names.add(key)) {
                sink.report(NameFaults.recipeTwice(recipe));
            }
            Optional<Symbol> model = model(recipe, file);
            Set<Symbol> seen = new HashSet<>();
            while (model.isPresent() && seen.add(model.get())) {
                Set<String> read = readByRecipes.computeIfAbsent(model.get(), symbol -> new HashSet<>());
                NameSearch.tensorsReadBy(recipe.entries(), read);
                model = Templates.of(model.get());
            }
        }
    }

    private Optional<Symbol> model(Declaration.Train recipe, ResolvedFile file) {
        Identifier name = recipe.model();
        Optional<Symbol> symbol = file.lookup(name.name());
        if (symbol.isEmpty()) {
            if (file.isComplete()) {
                List<String> models = file.names().stream()
                        .filter(known -> isModel(file, known))
                        .toList();
                sink.report(NameFaults.unknown(name, "model", models));
            }
        } else if (!symbol.get().isBroken() && !Templates.isModel(symbol.get())) {
            sink.report(NameFaults.notAModel(name, symbol.get()));
            return Optional.empty();
        }
        return symbol;
    }

    private static boolean isModel(ResolvedFile file, String name) {
        return file.lookup(name).filter(Templates::isModel).isPresent();
    }
}
