package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Affine;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.CenterCrop;
import dev.fovea.ops.recipe.ColorJitter;
import dev.fovea.ops.recipe.Cutout;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.FlipVertical;
import dev.fovea.ops.recipe.Mixup;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.PcaColor;
import dev.fovea.ops.recipe.RandomCrop;
import dev.fovea.ops.recipe.RandomResizedCrop;
import dev.fovea.ops.recipe.Recipes;
import dev.fovea.ops.recipe.Resize;
import dev.fovea.ops.recipe.Rotate;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final Shape SHAPE = Shape.of(2, 3, 5);
    private static final RandomStream RANDOM = RandomStream.named(3, "transform");

    @Test
    void shiftMovesEveryChannelAlikeAndFillsWithZeros() {
        Transform shift = Transform.of(new Shift(2), SHAPE);
        boolean[][] seen = new boolean[5][5];
        for (int sample = 0; sample < 400; sample++) {
            float[] out = apply(shift, sample);
            int down = RANDOM.below(4L * sample, 5) - 2;
            int right = RANDOM.below(4L * sample + 1, 5) - 2;
            seen[down + 2][right + 2] = true;
            for (int channel = 0; channel < 2; channel++) {
                for (int row = 0; row < 3; row++) {
                    for (int column = 0; column < 5; column++) {
                        assertThat(out[channel * 15 + row * 5 + column])
                                .isEqualTo(pixel(channel, row - down, column - right));
                    }
                }
            }
        }
        for (boolean[] row : seen) {
            assertThat(row).containsOnly(true);
        }
    }

    @Test
    void shiftFurtherThanThePictureLeavesZeros() {
        Transform shift = Transform.of(new Shift(100), SHAPE);
        for (int sample = 0; sample < 50; sample++) {
            int down = RANDOM.below(4L * sample, 201) - 100;
            if (Math.abs(down) >= 3) {
                assertThat(apply(shift, sample)).containsOnly(0);
            }
        }
    }

    @Test
    void flipMirrorsAboutHalfOfThePictures() {
        Transform flip = Transform.of(new FlipHorizontal(0.5f), SHAPE);
        int flipped = 0;
        for (int sample = 0; sample < 1000; sample++) {
            float[] out = apply(flip, sample);
            boolean mirrored = out[0] == pixel(0, 0, 4);
            flipped += mirrored ? 1 : 0;
            for (int channel = 0; channel < 2; channel++) {
                for (int row = 0; row < 3; row++) {
                    for (int column = 0; column < 5; column++) {
                        assertThat(out[channel * 15 + row * 5 + column])
                                .isEqualTo(pixel(channel, row, mirrored ? 4 - column : column));
                    }
                }
            }
        }
        assertThat(flipped).isBetween(450, 550);
        assertThat(apply(Transform.of(new FlipHorizontal(0), SHAPE), 1)).isEqualTo(picture());
        assertThat(apply(Transform.of(new FlipHorizontal(1), SHAPE), 1)[0]).isEqualTo(pixel(0, 0, 4));
    }

    @Test
    void cropTakesEveryWindowOfThePaddedPicture() {
        Transform crop = crop(2, 4, 1);
        assertThat(crop.output()).isEqualTo(Shape.of(2, 2, 4));
        boolean[][] seen = new boolean[4][4];
        for (int sample = 0; sample < 400; sample++) {
            float[] out = apply(crop, sample);
            int top = RANDOM.below(4L * sample, 4) - 1;
            int left = RANDOM.below(4L * sample + 1, 4) - 1;
            seen[top + 1][left + 1] = true;
            for (int channel = 0; channel < 2; channel++) {
                for (int row = 0; row < 2; row++) {
                    for (int column = 0; column < 4; column++) {
                        assertThat(out[channel * 8 + row * 4 + column])
                                .isEqualTo(pixel(channel, top + row, left + column));
                    }
                }
            }
        }
        for (boolean[] row : seen) {
            assertThat(row).containsOnly(true);
        }
    }

    @Test
    void whenTestingTheWindowIsTheMiddleOne() {
        Transform middle = crop(1, 3, 4).atEvaluation().orElseThrow();
        assertThat(middle.output()).isEqualTo(Shape.of(2, 1, 3));
        assertThat(apply(middle, 9))
                .containsExactly(
                        pixel(0, 1, 1), pixel(0, 1, 2), pixel(0, 1, 3), pixel(1, 1, 1), pixel(1, 1, 2), pixel(1, 1, 3));
        assertThat(apply(new CenterCropTransform(Shape.of(1, 1, 2), 3, 2), new float[] {5, 6}, 0))
                .containsExactly(0, 0, 5, 6, 0, 0);
    }

    @Test
    void whatOnlyVariesPicturesGoesWhenTestingAndNormalisationStays() {
        Pipeline training = Pipeline.of(
                "image",
                SHAPE,
                List.of(
                        new RandomCrop(new Pair(3, 5), 1),
                        new Shift(1),
                        new FlipHorizontal(0.5f),
                        new Normalize(List.of(0.5f), List.of(2f))));
        assertThat(training.atEvaluation().transforms()).singleElement().isInstanceOf(NormalizeTransform.class);
    }

    @Test
    void normaliseByChannelOrByOneNumber() {
        float[] out = apply(Transform.of(new Normalize(List.of(1f, 2f), List.of(0.5f, 4f)), SHAPE), 0);
        assertThat(out[7]).isCloseTo((pixel(0, 1, 2) - 1) / 0.5f, within(0f));
        assertThat(out[22]).isCloseTo((pixel(1, 1, 2) - 2) / 4f, within(0f));
        float[] same = apply(Transform.of(new Normalize(List.of(1f), List.of(4f)), SHAPE), 0);
        assertThat(same[22]).isEqualTo((pixel(1, 1, 2) - 1) / 4f);
    }

    @Test
    void whatDoesNotSuitIsRefused() {
        for (Augmentation onPictures :
                List.of(new Shift(1), new FlipHorizontal(1), new RandomCrop(new Pair(1, 1), 0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transform.of(onPictures, Shape.of(5)))
                    .withMessage("a picture is expected, [C, H, W], not [5]");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> crop(6, 5, 1))
                .withMessage("a window of 6×5 does not fit a picture of 3×5 with a padding of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transform.of(new Normalize(List.of(1f, 2f, 3f), List.of(1f)), SHAPE))
                .withMessage("one mean or one for each of the 2 channels, not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transform.of(new Normalize(List.of(1f), List.of(0f)), SHAPE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pipeline("image", List.of(crop(2, 2, 0), Transform.of(new Shift(1), SHAPE))))
                .withMessage("step 1 takes [2, 3, 5], but gets [2, 2, 2]");
    }

    @Test
    void everyAugmentationOfARecipeHasItsTransform() {
        List<Augmentation> samples = List.of(
                new Affine(10, List.of(0f), 1, 1, 0),
                new CenterCrop(new Pair(2, 2)),
                new ColorJitter(0, 0, 0, 0),
                new Cutout(1, 1),
                new FlipHorizontal(1),
                new FlipVertical(1),
                new Normalize(List.of(0f), List.of(1f)),
                new PcaColor(0.1f),
                new RandomCrop(new Pair(1, 1), 0),
                new RandomResizedCrop(new Pair(2, 2), 0.08f, 1, 0.75f, 1.33f),
                new Resize(List.of(2)),
                new Rotate(10),
                new Shift(1));
        assertThat(samples)
                .extracting(sample -> sample.def().name())
                .containsExactlyElementsOf(Recipes.AUGMENTATIONS.names().stream()
                        .filter(name -> !name.equals(Mixup.DEF.name()))
                        .toList());
        Shape colour = Shape.of(3, 3, 5);
        assertThat(samples)
                .allSatisfy(sample -> assertThat(Transform.of(sample, sample instanceof Normalize ? SHAPE : colour)
                                .input()
                                .rank())
                        .isEqualTo(3));
    }

    private static Transform crop(int height, int width, int padding) {
        return Transform.of(new RandomCrop(new Pair(height, width), padding), SHAPE);
    }

    private static float[] apply(Transform transform, int sample) {
        return apply(transform, picture(), sample);
    }

    /** With offsets, and with a border that must stay as it is. */
    private static float[] apply(Transform transform, float[] picture, int sample) {
        float[] from = new float[picture.length + 3];
        System.arraycopy(picture, 0, from, 3, picture.length);
        int length = (int) transform.output().size();
        float[] to = new float[length + 4];
        java.util.Arrays.fill(to, -1);
        transform.apply(from, 3, to, 2, RANDOM, 4L * sample);
        assertThat(new float[] {to[0], to[1], to[length + 2], to[length + 3]}).containsOnly(-1);
        return java.util.Arrays.copyOfRange(to, 2, length + 2);
    }

    private static float[] picture() {
        float[] picture = new float[30];
        for (int i = 0; i < 30; i++) {
            picture[i] = pixel(i / 15, i / 5 % 3, i % 5);
        }
        return picture;
    }

    private static float pixel(int channel, int row, int column) {
        return row < 0 || row >= 3 || column < 0 || column >= 5 ? 0 : 1 + channel * 100 + row * 10 + column;
    }
}
