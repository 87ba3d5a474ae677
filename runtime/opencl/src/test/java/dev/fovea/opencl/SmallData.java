package dev.fovea.opencl;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;

/** Random pictures and labels for {@link SmallNet}, ever the same. */
final class SmallData {
    /** Floats of a picture. */
    static final int LENGTH = 2 * 9 * 8;

    private SmallData() {}

    /** As a data set. */
    static ArrayDataSet of(int samples) {
        return new ArrayDataSet(
                List.of(
                        new Field.Values("image", Shape.of(2, 9, 8)),
                        new Field.Classes("label", Shape.of(1), List.of("a", "b", "c"))),
                List.of(images(samples), labels(samples)));
    }

    /** The pictures, one behind the other. */
    static float[] images(int samples) {
        float[] images = new float[samples * LENGTH];
        RandomStream.named(1, "pictures").fillUniform(images, 0, images.length, 0, -1, 1);
        return images;
    }

    /** The number of the class of each. */
    static float[] labels(int samples) {
        float[] labels = new float[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = RandomStream.named(2, "labels").below(i, SmallNet.CLASSES);
        }
        return labels;
    }
}
