package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Symbol;
import java.util.Optional;
import java.util.Set;

/**
 * What the elaboration of one model shares.
 *
 * @param recursive declarations without a value, see {@link dev.fovea.compiler.resolve.ResolvedProgram#recursive}
 * @param rounding the rounding rule that {@code @round} sets for all layers
 */
record ModelRun(Faults faults, Budget budget, Layers layers, Set<Symbol> recursive, Optional<String> rounding) {
    /** Reports a fault met here. */
    void fault(Diagnostic.Builder fault, Context context) {
        faults.report(faults.isKnown(fault) ? fault : Provenance.explain(fault, context), context.path());
        budget.steps(Budget.FAULT);
    }
}
