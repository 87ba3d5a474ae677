package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Symbol;

/** What is said about models as a whole. */
final class ModelFaults {
    private ModelFaults() {}

    static Diagnostic.Builder noOutput(Symbol model) {
        return Diagnostic.of(
                        Code.NO_OUTPUT, model.identifier().span(), "the model `" + model.name() + "` has no output")
                .label("computes nothing")
                .help("end it with `output name = …`");
    }
}
