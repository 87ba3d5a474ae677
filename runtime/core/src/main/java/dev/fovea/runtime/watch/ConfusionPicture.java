package dev.fovea.runtime.watch;

import dev.fovea.runtime.train.ConfusionMatrix;
import java.util.Optional;

/** What was taken for what, as a picture: a row a class, a column what it was taken for, the darker the larger its share of the row. */
final class ConfusionPicture {
    private static final int LARGEST = 512;

    private ConfusionPicture() {}

    /** Empty where there are too many classes for a pixel each. */
    static Optional<Bitmap> of(ConfusionMatrix matrix) {
        int classes = matrix.classes();
        if (!matrix.hasPairs() || classes > LARGEST) {
            return Optional.empty();
        }
        int side = Math.max(1, LARGEST / 2 / classes);
        Bitmap picture = new Bitmap(1, classes * side, classes * side, 1);
        for (int label = 0; label < classes; label++) {
            for (int as = 0; as < classes; as++) {
                double share = (double) matrix.count(label, as) / Math.max(1, matrix.samples(label));
                picture.square(0, label * side, as * side, side, 1 - share);
            }
        }
        return Optional.of(picture);
    }
}
