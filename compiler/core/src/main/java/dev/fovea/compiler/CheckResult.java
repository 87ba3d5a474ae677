package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.ReadSources;
import java.util.List;

/**
 * What a check came to.
 *
 * @param diagnostics all of them, by place
 * @param models the concrete models without faults, in the order of the files
 * @param sources what was read
 */
public record CheckResult(List<Diagnostic> diagnostics, List<Graph> models, ReadSources sources) {
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
