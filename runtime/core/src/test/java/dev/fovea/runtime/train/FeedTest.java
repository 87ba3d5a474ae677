package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Mixup;
import dev.fovea.ops.recipe.RandomCrop;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.train.Recipe.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Field IMAGE = new Field.Values("image", Shape.of(1, 4, 4));
    private static final Field LABEL = Field.Classes.of("label", 3);

    @Test
    void fieldsGoByNameThenByKindInOrder() throws Exception {
        Field other = new Field.Values("other", Shape.of(1, 4, 4));
        Field colour = Field.Classes.of("colour", 2);
        assertThat(feeds(data(other, IMAGE, LABEL))).containsExactly(1, 2);
        assertThat(feeds(data(colour, LABEL, other))).containsExactly(2, 1);
        assertThat(feeds(data(colour, other))).containsExactly(1, 0);
        // a field of the right name but the wrong kind is not what is meant
        assertThat(feeds(data(other, new Field.Values("label", Shape.of(1)), colour)))
                .containsExactly(0, 2);
    }

    @Test
    void whatDoesNotFitIsToldWithBothShapes() {
        refused(
                "the data set's `image` is [3, 4, 4], the input `image` is [1, 4, 4]",
                data(new Field.Values("image", Shape.of(3, 4, 4)), LABEL));
        refused(
                "the data set has 4 classes, but the target is `label: class(3)`",
                data(IMAGE, Field.Classes.of("label", 4)));
        refused("the data set has no classes for the target `label`", data(IMAGE));
        refused("the data set has no numbers for the input `image`", data(LABEL));
        refused(
                "the data set's `label` is [4, 4], the target `label` is [1]",
                data(IMAGE, new Field.Classes("label", Shape.of(4, 4), List.of("a"))));
    }

    @Test
    void croppingMakesLargerPicturesFit() throws Exception {
        Map<String, List<Augmentation>> crop = Map.of("image", List.of(new RandomCrop(Pair.square(4), 0)));
        DataSet large = data(new Field.Values("image", Shape.of(1, 6, 7)), LABEL);
        try (TinyModel model = TinyModel.training(2, 1)) {
            Feed feed = new Feed(model, List.of(Recipes.LABEL), large, crop);
            assertThat(feed.pipelines().get(0).atEvaluation().output(Shape.of(1, 6, 7)))
                    .isEqualTo(Shape.of(1, 4, 4));
            DataSet small = data(new Field.Values("image", Shape.of(1, 2, 7)), LABEL);
            assertThatThrownBy(() -> new Feed(model, List.of(Recipes.LABEL), small, crop))
                    .isInstanceOf(FoveaException.class)
                    .hasMessage("the augmentation does not suit the data set's `image` [1, 2, 7]: "
                            + "a window of 4×4 does not fit a picture of 2×7 with a padding of 0");
            assertThatThrownBy(() ->
                            new Feed(model, List.of(Recipes.LABEL), large, Map.of("image", List.of(new Shift(1)))))
                    .hasMessage("the data set's `image` is [1, 6, 7], the input `image` is [1, 4, 4]");
        }
    }

    @Test
    void plainTargetsTakeNumbers() throws Exception {
        Target numbers = new Target("y", Shape.of(2), Optional.empty());
        Field y = new Field.Values("y", Shape.of(2));
        try (TinyModel model = TinyModel.training(2, 1);
                Objective objective = new Objective(model, List.of(numbers), List.of(Recipes.COPY_LOSS), true)) {
            DataSet data = data(y, IMAGE);
            Feed feed = new Feed(model, List.of(numbers), data, Map.of());
            try (Batches batches = Batches.start(data, BatchPlan.inOrder(2))) {
                feed.load(batches.next(), objective);
            }
            assertThat(feed.target("y")).containsExactly(0, 1, 2, 3);
            assertThat(feed.target("image")).hasSize(32).startsWith(1000, 1001);
            assertThatThrownBy(() -> feed.target("z")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Of mixed samples both targets go to the device. */
    @Test
    void saysHowMuchABatchIs() throws Exception {
        try (TinyModel model = TinyModel.training(2, 1)) {
            DataSet data = data(IMAGE, LABEL);
            List<Target> label = List.of(Recipes.LABEL);
            assertThat(new Feed(model, label, data, Map.of()).floats()).isEqualTo(2 * (16 + 1));
            Map<String, List<Augmentation>> mixing = Map.of("image", List.of(new Mixup(0.4f)));
            assertThat(new Feed(model, label, data, mixing).floats()).isEqualTo(2 * (16 + 2));
            assertThat(new Feed(model, List.of(), data, Map.of()).floats()).isEqualTo(2 * 16);
        }
    }

    private static void refused(String message, DataSet data) {
        try (TinyModel model = TinyModel.training(2, 1)) {
            assertThatThrownBy(() -> new Feed(model, List.of(Recipes.LABEL), data, Map.of()))
                    .isInstanceOf(FoveaException.class)
                    .hasMessage(message);
        }
    }

    /** Which fields went to the input and to the label, read back from the first value of each. */
    private static List<Integer> feeds(DataSet data) throws Exception {
        try (TinyModel model = TinyModel.training(2, 1);
                Objective objective = new Objective(model, List.of(Recipes.LABEL), List.of(Recipes.LOSS), true);
                Batches batches = Batches.start(data, BatchPlan.inOrder(2))) {
            Feed feed = new Feed(model, List.of(Recipes.LABEL), data, Map.of());
            feed.load(batches.next(), objective);
            float[] image = new float[32];
            model.value(model.spec().inputs().get(0)).memory().read(0, image, 0, 32);
            assertThat(image).isEqualTo(feed.target("image"));
            return List.of(
                    data.fields().indexOf(fieldOf(data, feed.target("image"))),
                    data.fields().indexOf(fieldOf(data, feed.target("label"))));
        }
    }

    private static Field fieldOf(DataSet data, float[] values) throws Exception {
        for (int field = 0; field < data.fields().size(); field++) {
            try (Batches batches = Batches.start(data, BatchPlan.inOrder(2))) {
                if (java.util.Arrays.equals(batches.next().values(field), values)) {
                    return data.fields().get(field);
                }
            }
        }
        throw new AssertionError("no field has these values");
    }

    /** Two samples; numbers are 1000 times the field's place plus a count, classes are 0 and 1, or 1 and 0 for the second field. */
    private static DataSet data(Field... fields) {
        List<float[]> columns = new java.util.ArrayList<>();
        for (int place = 0; place < fields.length; place++) {
            float[] column = new float[2 * fields[place].length()];
            for (int i = 0; i < column.length; i++) {
                column[i] = fields[place] instanceof Field.Values
                        ? 1000 * place + i
                        : fields[place].length() == 1 ? (i + place) % 2 : 0;
            }
            columns.add(column);
        }
        return new ArrayDataSet(List.of(fields), columns);
    }
}
