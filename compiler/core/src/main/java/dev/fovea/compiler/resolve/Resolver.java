package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Import;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Follows imports: from the files given to a {@link ResolvedProgram} in which every import has its file. */
public final class Resolver {
    private final Library library;
    private final Function<Library.StoredFile, SyntaxFile> reader;
    private final DiagnosticSink sink;

    private final Map<String, List<ResolvedFile>> byPackage = new HashMap<>();
    private final List<ResolvedFile> imported = new ArrayList<>();
    private final List<ResolvedFile> underWay = new ArrayList<>();
    /** Imports that end with the package: what they were to bring is not known. */
    private final Set<Import> withoutNames = new HashSet<>();

    private final Set<ResolvedFile> done = new HashSet<>();

    /**
     * A resolver for one compilation.
     *
     * @param reader decodes and parses a file and reports what is wrong with it
     */
    public Resolver(Library library, Function<Library.StoredFile, SyntaxFile> reader, DiagnosticSink sink) {
        this.library = library;
        this.reader = reader;
        this.sink = sink;
    }

    /** The program of these files, which see each other; all names in it are checked. */
    public ResolvedProgram resolve(List<SyntaxFile> files) {
        List<ResolvedFile> given = new ArrayList<>();
        for (SyntaxFile syntax : files) {
            ResolvedFile file = declare(syntax);
            given.add(file);
            if (!file.packageName().isEmpty()) {
                byPackage
                        .computeIfAbsent(file.packageName(), name -> new ArrayList<>())
                        .add(file);
            }
        }
        given.forEach(this::follow);
        return new ResolvedProgram(given, imported, new ProgramChecker(given, imported, sink).check());
    }

    private ResolvedFile declare(SyntaxFile syntax) {
        ResolvedFile file = new ResolvedFile(syntax);
        for (Declaration declaration : syntax.declarations()) {
            DeclaredName.of(declaration).ifPresent(name -> file.declare(new Symbol(file, name, declaration))
                    .ifPresent(before -> sink.report(NameFaults.declaredTwice(
                            name,
                            DeclaredName.kind(declaration),
                            before.identifier().span()))));
        }
        return file;
    }

    private void follow(ResolvedFile file) {
        if (done.contains(file)) {
            return;
        }
        underWay.add(file);
        for (Import imports : file.syntax().imports()) {
            Optional<List<ResolvedFile>> targets = find(imports);
            if (withoutNames.contains(imports)) {
                file.markIncomplete();
            } else if (imports instanceof Import.Names names) {
                names.names().forEach(name -> bring(file, name, targets));
            } else if (targets.isEmpty()) {
                file.markIncomplete();
            } else {
                targets.get().forEach(target -> bringAll(file, target));
            }
        }
        underWay.remove(file);
        done.add(file);
    }

    private Optional<List<ResolvedFile>> find(Import imports) {
        String name = imports.from().toString();
        Span span = imports.from().span();
        List<ResolvedFile> known = byPackage.containsKey(name) ? byPackage.get(name) : load(name, imports);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        for (ResolvedFile target : known) {
            int begin = underWay.indexOf(target);
            if (begin >= 0) {
                List<String> cycle = new ArrayList<>(underWay.subList(begin, underWay.size()).stream()
                        .map(ResolvedFile::packageName)
                        .toList());
                cycle.add(name);
                sink.report(NameFaults.cycle(span, cycle));
                return Optional.empty();
            }
            follow(target);
        }
        return Optional.of(known);
    }

    /** The package that {@code import a.b} speaks of, whose last word was taken for a name in package {@code a}. */
    private Optional<String> meantPackage(String name, Import imports) throws IOException {
        if (!(imports instanceof Import.Names list) || list.names().size() != 1) {
            return Optional.empty();
        }
        String whole = name + "." + list.names().get(0).name().name();
        return library.find(whole).map(file -> whole);
    }

    private List<ResolvedFile> load(String name, Import imports) {
        Span span = imports.from().span();
        List<ResolvedFile> found = new ArrayList<>();
        try {
            Optional<Library.StoredFile> stored = library.find(name);
            if (stored.isEmpty()) {
                Optional<String> meant = meantPackage(name, imports);
                if (meant.isPresent()) {
                    withoutNames.add(imports);
                    sink.report(NameFaults.packageWithoutNames(imports.span(), meant.get()));
                } else {
                    sink.report(NameFaults.unknownPackage(span, name, library.siblings(name)));
                }
            } else {
                ResolvedFile file = declare(reader.apply(stored.get()));
                if (file.packageName().equals(name)) {
                    imported.add(file);
                    found.add(file);
                } else if (file.isComplete()) {
                    sink.report(NameFaults.otherPackage(span, name, file));
                }
            }
        } catch (IOException unreadable) {
            sink.report(NameFaults.unreadable(span, name, String.valueOf(unreadable.getMessage())));
        }
        byPackage.put(name, found);
        return found;
    }

    private void bring(ResolvedFile file, Import.ImportedName name, Optional<List<ResolvedFile>> targets) {
        Identifier local = name.localName();
        Symbol symbol = targets.flatMap(all -> declaredIn(all, name.name())).orElseGet(() -> broken(file, name));
        file.importAs(local.name(), symbol).ifPresent(before -> sink.report(NameFaults.importedTwice(local, before)));
    }

    private Optional<Symbol> declaredIn(List<ResolvedFile> targets, Identifier name) {
        for (ResolvedFile target : targets) {
            Symbol symbol = target.declared().get(name.name());
            if (symbol != null) {
                return Optional.of(symbol);
            }
        }
        ResolvedFile first = targets.get(0);
        if (targets.stream().allMatch(ResolvedFile::isComplete)) {
            sink.report(NameFaults.notInPackage(name, first, first.declared().keySet()));
        }
        return Optional.empty();
    }

    private static void bringAll(ResolvedFile file, ResolvedFile target) {
        target.declared().values().forEach(file::offer);
        if (!target.isComplete()) {
            file.markIncomplete();
        }
    }

    private static Symbol broken(ResolvedFile file, Import.ImportedName name) {
        Declaration missing = new Declaration.Broken(
                Declaration.Kind.BLOCK, Optional.of(name.name()), name.name().span());
        return new Symbol(file, name.name(), missing);
    }
}
