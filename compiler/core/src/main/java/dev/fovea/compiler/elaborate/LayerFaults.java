package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.OpNode;
import java.util.Locale;

/** The words of {@link LayerWarnings}. */
final class LayerFaults {
    private LayerFaults() {}

    static Diagnostic.Builder twoActivations(OpNode first, OpNode second) {
        Diagnostic.Builder warning = Diagnostic.of(Code.DOUBLE_ACTIVATION, second.span(), "two activations in a row")
                .label("`" + second.op().name() + "` of what `" + first.op().name() + "` has already bent");
        if (!first.span().equals(second.span())) {
            warning.related(first.span(), "the first one");
        }
        return warning.help("drop one of them");
    }

    static Diagnostic.Builder uselessBias(OpNode biased, OpNode norm) {
        return Diagnostic.of(
                        Code.BIAS_BEFORE_NORM,
                        biased.span(),
                        "the bias in front of `" + norm.op().name() + "` has no effect")
                .label("`" + norm.op().name() + "` subtracts the mean, and the bias with it")
                .related(norm.span(), "subtracted here")
                .help("add `bias=false`: it saves " + biased.shape().channels() + " parameters");
    }

    static Diagnostic.Builder giantDense(OpNode layer, long count, long all) {
        String share = String.format(Locale.ROOT, "%.1f", Math.floor(1000.0 * count / all) / 10);
        return Diagnostic.of(
                        Code.GIANT_DENSE,
                        layer.span(),
                        "`" + layer.name() + "` holds " + share + " % of all parameters")
                .label(Figures.grouped(count) + " of " + Figures.grouped(all))
                .help("`global_avgpool` instead of `flatten` leaves one value a channel");
    }
}
