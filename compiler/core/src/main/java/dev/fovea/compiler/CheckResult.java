package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Imports;
import java.util.List;

/**
 * What a check came to.
 *
 * @param diagnostics all of them, by place
 * @param models the concrete models without faults, in the order of the files
 * @param imports what was looked for in other files
 */
public record CheckResult(List<Diagnostic> diagnostics, List<Graph> models, Imports imports) {
    /** Copies the lists. */
    public CheckResult {
        diagnostics = List.copyOf(diagnostics);
        models = List.copyOf(models);
    }

    /** Whether anything is wrong; warnings are not. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    }
}
