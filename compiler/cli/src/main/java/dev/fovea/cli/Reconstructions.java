package dev.fovea.cli;

import dev.fovea.images.PictureRows;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Pipeline;
import dev.fovea.runtime.data.Subset;
import dev.fovea.runtime.train.LayerDecoder;
import dev.fovea.runtime.train.TrainedLayer;
import dev.fovea.runtime.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * After each layer that is trained by itself a picture {@code reconstructions-LAYER.png}: above some pictures, below what comes back of
 * them from the layer's code through the decoders of all layers so far. Where layers that have no decoder stand between, there is no way
 * back and no picture.
 */
final class Reconstructions implements TrainingListener {
    private static final int MOST = 10;

    private final Path folder;
    private final float[] pictures;
    private final int count;
    private final Shape shape;
    private final List<LayerDecoder> chain = new ArrayList<>();

    private Reconstructions(Path folder, float[] pictures, int count, Shape shape) {
        this.folder = folder;
        this.pictures = pictures;
        this.count = count;
        this.shape = shape;
    }

    /**
     * Looks at the first samples of a data set, as a model is given them at inference.
     *
     * @param folder takes the pictures
     * @param augmentations of the model's only input
     * @param room the batch that the model was built for
     * @return a listener; one that does nothing where the samples are no pictures
     * @throws FoveaException where a sample cannot be read
     */
    static TrainingListener of(Path folder, DataSet data, List<Augmentation> augmentations, Shape input, int room)
            throws FoveaException {
        Field field = data.fields().get(0);
        int count = Math.min(Math.min(MOST, room), data.size());
        if (input.rank() != 3 || (input.channels() != 1 && input.channels() != 3) || count == 0) {
            return TrainingListener.NONE;
        }
        Pipeline pipeline = Pipeline.of(field.name(), field.shape(), augmentations);
        BatchPlan plan = BatchPlan.training(count, 0, List.of(pipeline)).atEvaluation();
        try (Batches batches = Batches.start(Subset.range(data, 0, count), plan)) {
            Batch batch = batches.next();
            int floats = count * Math.toIntExact(input.size());
            float[] pictures = Arrays.copyOf(batch.values(0), floats);
            return new Reconstructions(folder, pictures, count, input);
        }
    }

    @Override
    public void layer(TrainedLayer layer) throws InputException {
        if (layer.readsInput()) {
            chain.clear();
        }
        boolean follows = layer.readsInput()
                || (!chain.isEmpty()
                        && chain.get(chain.size() - 1)
                                .code()
                                .equals(layer.decoder().input()));
        if (!follows) {
            chain.clear();
            return;
        }
        chain.add(layer.decoder());
        float[] values = layer.codes(pictures);
        for (int i = chain.size() - 1; i >= 0; i--) {
            values = chain.get(i).decode(values);
        }
        PictureRows.write(
                folder.resolve("reconstructions-" + layer.name() + ".png"), shape, count, List.of(pictures, values));
    }
}
