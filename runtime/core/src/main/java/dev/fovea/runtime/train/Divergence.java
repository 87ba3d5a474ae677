package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why a loss is no longer a finite number, as far as the data and the parameters tell. */
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
        Optional<ModelParameter> parameter = model.spec().parameters().stream()
                .filter(candidate -> !isFinite(
                        model.weights().read(candidate),
                        candidate.parameter().shape().size()))
                .findFirst();
        return new FoveaException(
                parameter.isPresent()
                        ? what + ": the first parameter that is no longer finite is "
                                + parameter.get().name()
                        : what + ": the parameters are finite, what the layers make of them is not",
                help);
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
