package dev.fovea.runtime.watch;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.List;
import java.util.Optional;

/**
 * The filters of a model's first layer, as one picture: the kernels of a convolution of grey or coloured pictures, or the weights of each
 * unit of a dense layer on all pixels, laid out as the pixels are. In each filter 0 is grey, its largest weight white or black.
 */
public final class Filters {
    private static final int MOST = 64;
    private static final int ACROSS = 8;
    private static final int GAP = 1;

    private Filters() {}

    /** The parameter that is shown; empty where the first layer's weights are no pictures. */
    public static Optional<ModelParameter> parameter(CompiledModel model) {
        return model.spec().parameters().stream()
                .filter(parameter -> parameter.parameter().isTrainable()
                        && parameter.parameter().shape().rank() > 1)
                .findFirst()
                .filter(parameter -> tile(model, parameter).isPresent());
    }

    /** {@code [C, H, W]} of one filter. */
    private static Optional<Shape> tile(CompiledModel model, ModelParameter parameter) {
        List<Integer> extents = parameter.parameter().shape().extents();
        if (extents.size() == 4 && (extents.get(1) == 1 || extents.get(1) == 3)) {
            return Optional.of(Shape.of(extents.get(1), extents.get(2), extents.get(3)));
        }
        Shape input = model.spec().inputs().get(0).shape();
        boolean sees = extents.size() == 2
                && input.rank() == 3
                && input.size() == extents.get(1)
                && (input.channels() == 1 || input.channels() == 3);
        return sees ? Optional.of(input) : Optional.empty();
    }

    /** The picture of at most 64 filters, eight beside each other. */
    public static Optional<Bitmap> picture(CompiledModel model) {
        return parameter(model)
                .map(parameter -> draw(model, parameter, tile(model, parameter).orElseThrow()));
    }

    private static Bitmap draw(CompiledModel model, ModelParameter parameter, Shape tile) {
        float[] weights = model.weights().read(parameter);
        int size = Math.toIntExact(tile.size());
        int count = Math.min(MOST, weights.length / size);
        int across = Math.min(ACROSS, count);
        int down = (count + across - 1) / across;
        int side = Math.max(1, 48 / Math.max(tile.height(), tile.width()));
        int high = tile.height() * side + GAP;
        int wide = tile.width() * side + GAP;
        Bitmap picture = new Bitmap(tile.channels(), down * high + GAP, across * wide + GAP, 1);
        for (int i = 0; i < count; i++) {
            float largest = 0;
            for (int j = i * size; j < (i + 1) * size; j++) {
                largest = Math.max(largest, Math.abs(weights[j]));
            }
            picture.planes(
                    weights,
                    i * size,
                    tile.channels(),
                    tile.height(),
                    tile.width(),
                    i / across * high + GAP,
                    i % across * wide + GAP,
                    side,
                    -largest,
                    largest);
        }
        return picture;
    }
}
