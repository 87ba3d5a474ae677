package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe.Stage;
import java.util.List;

/** What a layer that is trained by itself reads: an input of the model, or what the layers below make of it as at inference. */
final class LayerSource {
    private final CompiledModel model;
    private final Stage stage;
    private final Port port;
    private final Operand values;

    /**
     * @throws IllegalArgumentException where the model has no such input or output
     */
    LayerSource(CompiledModel model, Stage stage) {
        this.model = model;
        this.stage = stage;
        this.port = stage.ofInput()
                ? model.spec()
                        .input(stage.source())
                        .orElseThrow(() -> new IllegalArgumentException(
                                model.spec().name() + " has no input `" + stage.source() + "`"))
                : Objective.output(model, stage.source());
        Shape shape = stage.layer().input();
        if (port.shape().size() != shape.size()) {
            throw new IllegalArgumentException(
                    "`" + stage.layer().name() + "` reads " + shape + ", `" + port.name() + "` is " + port.shape());
        }
        this.values = new Operand(shape, model.value(port), null);
    }

    /** The values, without a gradient: what lies below the layer is not trained. */
    Operand values() {
        return values;
    }

    /** Makes the values of the batch in the model's inputs: the layers below run, those behind do not. */
    void load(int batch) {
        if (!stage.ofInput()) {
            model.forwardTo(batch, port);
        }
    }

    /** Copies the values out, one sample behind the other. */
    void read(float[] samples, int batch) {
        Region region = values.value();
        int size = size();
        for (int i = 0; i < batch; i++) {
            region.memory().read(region.at(i), samples, i * size, size);
        }
    }

    /** The elements of a sample. */
    int size() {
        return Math.toIntExact(values.shape().size());
    }

    /**
     * Makes sure that the values can be probabilities.
     *
     * @throws FoveaException where one of the batch is not between 0 and 1
     */
    void requireProbabilities(int batch) throws FoveaException {
        float[] samples = new float[batch * size()];
        read(samples, batch);
        for (float value : samples) {
            if (!(value >= 0 && value <= 1)) {
                throw new FoveaException(
                        "`" + stage.layer().name() + "` takes its input for probabilities, but one is " + value,
                        List.of(
                                "let its elements be numbers: `layerwise "
                                        + stage.method().def().name() + "(visible=gaussian)`",
                                "or leave out the `augment` entry that takes them out of the range from 0 to 1"));
            }
        }
    }
}
