package dev.fovea.images;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import java.nio.file.Path;

/**
 * How a picture of any size becomes one of a data set's: the shorter side resized, then the middle cut out, as torchvision's {@code Resize}
 * and {@code CenterCrop}.
 *
 * @param shape of the result, {@code [1, H, W]} or {@code [3, H, W]}, with values from 0 to 1
 * @param shorter the shorter side before the cut; at least H and W
 */
public record Preparation(Shape shape, int shorter) {
    /** Whether there are pictures of a shape: with one channel or three. */
    public static boolean suits(Shape shape) {
        return shape.rank() == 3 && (shape.channels() == 1 || shape.channels() == 3);
    }

    /**
     * Reads a file.
     *
     * @throws InputException where it cannot be read or holds no picture
     */
    public float[] read(Path file) throws InputException {
        return PictureFile.read(file, shape.channels())
                .resizeShorter(shorter)
                .centerCrop(shape.height(), shape.width())
                .values();
    }
}
