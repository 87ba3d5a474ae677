package dev.fovea.compiler;

import dev.fovea.compiler.check.ModelChecker;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.elaborate.Faults;
import dev.fovea.compiler.elaborate.ModelElaborator;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.ResolvedProgram;
import dev.fovea.compiler.resolve.Resolver;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.util.List;
import java.util.Map;

/**
 * The front end as a list of stages: parse, resolve, elaborate, check. What comes behind, from {@link
 * dev.fovea.compiler.pass.Passes} to the emitted class, takes the graphs one by one.
 */
public final class Compiler {
    private final Library library;

    private Compiler(Library library) {
        this.library = library;
    }

    /** A compiler that finds imported packages there; files given together see each other anyway. */
    public static Compiler with(Library library) {
        return new Compiler(library);
    }

    /**
     * Checks files that are in memory.
     *
     * @param overrides values for parameters of models in place of their defaults, by name, as the language writes them
     */
    public CheckResult check(List<StoredFile> files, Map<String, String> overrides) {
        return DeepStack.call(() -> checkHere(files, overrides));
    }

    private CheckResult checkHere(List<StoredFile> files, Map<String, String> overrides) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SyntaxFile> syntax = files.stream()
                .map(file -> Parser.parse(file.path(), file.bytes(), sink))
                .toList();
        ResolvedProgram program =
                new Resolver(library, file -> Parser.parse(file.path(), file.bytes(), sink), sink).resolve(syntax);
        Faults faults = new Faults(sink);
        ModelElaborator elaborator = new ModelElaborator(program, faults);
        ModelChecker checker = new ModelChecker(new PlannedMemory());
        Models models = new Models(program, elaborator, checker, faults);
        models.check(Overrides.parse(overrides, program, faults));
        faults.flush();
        return new CheckResult(sink.diagnostics(), models.graphs(), models.blockedRecipes());
    }
}
