package dev.fovea.runtime.train;

import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;

/** A layer that has just been trained by itself; to be used while it is handed to a listener. */
public final class TrainedLayer {
    private final LayerStep step;
    private final LayerDecoder decoder;

    TrainedLayer(LayerStep step, LayerDecoder decoder) {
        this.step = step;
        this.decoder = decoder;
    }

    /** The layer's name. */
    public String name() {
        return decoder.layer();
    }

    /** The way back through the layer: a copy, which stays as it is. */
    public LayerDecoder decoder() {
        return decoder;
    }

    /** Whether the layer reads an input of the model itself, perhaps under another shape. */
    public boolean readsInput() {
        return step.stage.ofInput();
    }

    /**
     * The layer's codes of samples of the model's only input, without noise and chance.
     *
     * @param samples one behind the other, at most as many as the model was built for
     * @return the codes, likewise
     * @throws IllegalStateException where the model has several inputs
     */
    public float[] codes(float[] samples) {
        CompiledModel model = step.model;
        if (model.spec().inputs().size() != 1) {
            throw new IllegalStateException(
                    model.spec().name() + " has " + model.spec().inputs().size() + " inputs");
        }
        Port input = model.spec().inputs().get(0);
        int batch = samples.length / Math.toIntExact(input.shape().size());
        model.write(input, samples, batch);
        step.error(batch);
        return step.codes(batch);
    }
}
