package dev.fovea.ops;

import java.util.List;

/** The weight and bias that normalisations learn: a factor and an offset for each channel. */
final class NormParameters {
    private NormParameters() {}

    static List<Parameter> of(int channels) {
        Shape shape = Shape.of(channels);
        return List.of(
                Parameter.trainable("weight", shape, Initializer.ONES, 1, 1),
                Parameter.trainable("bias", shape, Initializer.ZEROS, 1, 1));
    }
}
