package dev.fovea.compiler;

import dev.fovea.compiler.check.ModelChecker;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.diagnostics.Shown;
import dev.fovea.compiler.elaborate.Faults;
import dev.fovea.compiler.elaborate.ModelElaborator;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.ReadSources;
import dev.fovea.compiler.resolve.ResolvedProgram;
import dev.fovea.compiler.resolve.Resolver;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.compiler.syntax.DeepStack;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The front end as a list of stages: parse, resolve, elaborate, check. What comes behind, from {@link
 * dev.fovea.compiler.pass.Passes} to the emitted class, takes the graphs one by one.
 */
public final class Compiler {
    private final Library library;
    private final Optional<String> model;

    private Compiler(Library library, Optional<String> model) {
        this.library = library;
        this.model = model;
    }

    /** A compiler that finds imported packages there; files given together see each other anyway. */
    public static Compiler with(Library library) {
        return new Compiler(library, Optional.empty());
    }

    /**
     * A compiler that elaborates and checks only the models of this name; of the others it checks the names in them. Where no
     * file has one of the name, all are checked, so that whoever asked can say which there are.
     */
    public Compiler onlyModel(String name) {
        return new Compiler(library, Optional.of(name));
    }

    /**
     * Checks files on disk. Packages are looked for in the library first, then below the root that each file implies: its
     * folder less its package's path. A file that cannot be read is a diagnostic.
     *
     * @param overrides values for parameters of models in place of their defaults, by name, as the language writes them
     */
    public CheckResult checkPaths(List<Path> files, Map<String, String> overrides) {
        DiagnosticSink sink = new DiagnosticSink();
        InputFiles input = InputFiles.read(files, sink);
        return DeepStack.call(() -> {
            List<SyntaxFile> syntax = parse(input.stored(), sink);
            List<Path> roots = input.impliedRoots(syntax);
            Library all = Library.firstOf(List.of(library, SourceRoots.of(roots)));
            return check(syntax, new ReadSources.Noting(all, input.stored(), roots), overrides, sink);
        });
    }

    /** Checks files that are in memory; as {@link #checkPaths}, but only the library is searched. */
    public CheckResult check(List<StoredFile> files, Map<String, String> overrides) {
        DiagnosticSink sink = new DiagnosticSink();
        return DeepStack.call(
                () -> check(parse(files, sink), new ReadSources.Noting(library, files, List.of()), overrides, sink));
    }

    private static List<SyntaxFile> parse(List<StoredFile> files, DiagnosticSink sink) {
        return files.stream()
                .map(file -> Parser.parse(file.path(), file.bytes(), sink))
                .toList();
    }

    private CheckResult check(
            List<SyntaxFile> syntax, ReadSources.Noting library, Map<String, String> overrides, DiagnosticSink sink) {
        CheckResult result = checkAsWritten(syntax, library, overrides, sink);
        if (result.hasErrors() || model.isPresent() || !overrides.isEmpty()) {
            return result; // what is allowed may be needed by what could not be looked at
        }
        List<Diagnostic> all = new ArrayList<>(result.diagnostics());
        all.addAll(UnneededAllows.in(syntax, result.diagnostics(), files -> {
            DiagnosticSink again = new DiagnosticSink();
            return checkAsWritten(parse(files, again), library, overrides, again)
                    .diagnostics();
        }));
        return new CheckResult(all.stream().sorted().toList(), result.models(), library.sources());
    }

    private CheckResult checkAsWritten(
            List<SyntaxFile> syntax, ReadSources.Noting library, Map<String, String> overrides, DiagnosticSink sink) {
        ResolvedProgram program =
                new Resolver(library, file -> Parser.parse(file.path(), file.bytes(), sink), sink).resolve(syntax);
        Faults faults = new Faults(sink);
        ModelElaborator elaborator = new ModelElaborator(program, faults);
        ModelChecker checker = new ModelChecker(new PlannedMemory());
        Models models = new Models(program, elaborator, checker, faults, model);
        models.check(Overrides.parse(overrides, program, faults));
        faults.flush();
        return new CheckResult(Shown.of(sink.diagnostics()), models.graphs(), library.sources());
    }
}
