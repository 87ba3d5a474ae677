package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Figures;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Statement.Expect;

/** What is said about contracts. */
final class ContractFaults {
    private ContractFaults() {}

    /**
     * A contract that does not hold.
     *
     * @param difference from the bound to the measured figure: {@code 26 more}; empty where there is none to tell
     */
    static Diagnostic.Builder broken(Expect expect, String measured, String difference) {
        String quantity = expect.quantity().span().text();
        String unit = expect.unit().map(one -> " " + one.symbol()).orElse("");
        return Diagnostic.of(Code.CONTRACT, expect.span(), "`" + quantity + "` is " + measured)
                .label("expected " + expect.comparison().symbol() + " "
                        + expect.bound().span().text() + unit
                        + (difference.isEmpty() || expect.comparison() == BinaryOperator.NOT_EQUAL
                                ? ""
                                : ": it is " + difference));
    }

    static Diagnostic.Builder form(Span span, String wanted) {
        return Diagnostic.of(Code.CONTRACT_FORM, span, "the contract cannot be read so")
                .label(wanted);
    }

    static Diagnostic.Builder tooManyToPlan(Span at, int layers, int most) {
        return Diagnostic.of(Code.TOO_LONG, at, "the memory of so many layers is not worked out")
                .label(Figures.grouped(layers) + " layers, where at most " + Figures.grouped(most) + " are planned");
    }
}
