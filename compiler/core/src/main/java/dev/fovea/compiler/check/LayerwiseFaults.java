package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.LabelPath;
import java.util.List;

/** What is said about {@code layerwise} entries, beside the misfits of their methods. */
final class LayerwiseFaults {
    private LayerwiseFaults() {}

    static Diagnostic.Builder severalLayers(LabelPath path, List<String> below) {
        return fault(path, "is no layer but " + below.size() + " of them")
                .help("name the layers one by one, in the order in which they are to be trained: "
                        + Nearest.list(below.subList(0, Math.min(8, below.size())), "and"));
    }

    static Diagnostic.Builder unused(LabelPath path, OpNode layer) {
        return fault(path, "is not needed for any output at inference")
                .related(layer.span(), "`" + layer.name() + "` is this one")
                .help("train it with the train-only output that needs it, in a phase with a loss");
    }

    static Diagnostic.Builder frozen(LabelPath path) {
        return fault(path, "is frozen in this phase").help("leave it out of `freeze`, or out of `layerwise`");
    }

    /** An entry that has no meaning where layers are trained one by one. */
    static Diagnostic.Builder ofSupervised(String word, Span at) {
        return Diagnostic.of(
                        Code.ENTRY_PLACE, at, "a phase that trains layer by layer has no `" + word + "` of its own")
                .label("its loss is the error with which a layer's input comes back")
                .help("put it into another phase, or before the phases");
    }

    /** An entry about the weights of the whole model. */
    static Diagnostic.Builder ofWholeModel(String word, Span at) {
        return Diagnostic.of(
                        Code.ENTRY_PLACE, at, "a phase that trains layer by layer has no `" + word + "` of its own")
                .label("a layer ends with the weights that its decoder ends with, after steps of a batch each")
                .help("put it into another phase, or before the phases");
    }

    /** A metric by which such a phase cannot be ended. */
    static Diagnostic.Builder onlyLoss(String metric, Span at) {
        return Diagnostic.of(
                        Code.UNKNOWN_INGREDIENT, at, "a phase that trains layer by layer measures no `" + metric + "`")
                .label("it measures \"loss\", the error with which a layer's input comes back")
                .help("leave `metric` out");
    }

    private static Diagnostic.Builder fault(LabelPath path, String label) {
        return Diagnostic.of(Code.PRETRAINING, path.span(), "`" + path + "` cannot be pre-trained so")
                .label(label);
    }
}
