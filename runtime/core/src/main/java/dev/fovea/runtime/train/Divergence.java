package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.NonFiniteLayer;
import dev.fovea.runtime.model.Port;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why a loss is no longer a finite number, as far as the data, the layers and the parameters tell. */
final class Divergence {
    private Divergence() {}

    /**
     * @param place the epoch and step, in words
     */
    static FoveaException diagnose(
            CompiledModel model, Feed feed, int batch, double loss, String place, float learningRate) {
        String what = "the loss is " + (Double.isNaN(loss) ? "NaN" : "infinite") + " in " + place;
        Optional<Port> input = feed.inputs().stream()
                .filter(port ->
                        !isFinite(feed.target(port.name()), batch * port.shape().size()))
                .findFirst();
        if (input.isPresent()) {
            return new FoveaException(
                    what + ": the data for the input `" + input.get().name() + "` are not all finite numbers",
                    List.of());
        }
        List<String> help = List.of(
                "lower the learning rate, which was " + String.format(Locale.ROOT, "%.3g", learningRate)
                        + ", or let it rise with warmup_epochs",
                "bound the gradients with `clip norm(1.0)`");
        Optional<NonFiniteLayer> layer = model.firstNonFinite(batch, true);
        List<String> parameters = model.spec().parameters().stream()
                .filter(candidate -> !isFinite(
                        model.weights().read(candidate),
                        candidate.parameter().shape().size()))
                .map(ModelParameter::name)
                .toList();
        String first = layer.map(found -> "the first layer whose values are not finite is " + found.describe())
                .orElse("the values of all layers are finite, the loss of them is not");
        String moved = parameters.isEmpty()
                ? "; the parameters are finite"
                : "; the first parameter that is no longer finite is " + parameters.get(0)
                        + (parameters.size() == 1 ? "" : ", and " + (parameters.size() - 1) + " others are not");
        return new FoveaException(what + ": " + first + moved, help);
    }

    private static boolean isFinite(float[] values, long count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
