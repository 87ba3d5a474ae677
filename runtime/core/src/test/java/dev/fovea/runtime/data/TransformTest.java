package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final Shape SHAPE = Shape.of(2, 3, 5);
    private static final RandomStream RANDOM = RandomStream.named(3, "transform");

    @Test
    void shiftMovesEveryChannelAlikeAndFillsWithZeros() {
        Shift shift = new Shift(SHAPE, 2);
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
        Shift shift = new Shift(SHAPE, 100);
        for (int sample = 0; sample < 50; sample++) {
            int down = RANDOM.below(4L * sample, 201) - 100;
            if (Math.abs(down) >= 3) {
                assertThat(apply(shift, sample)).containsOnly(0);
            }
        }
    }

    @Test
    void flipMirrorsAboutHalfOfThePictures() {
        FlipHorizontal flip = new FlipHorizontal(SHAPE, 0.5f);
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
        assertThat(apply(new FlipHorizontal(SHAPE, 0), 1)).isEqualTo(picture());
        assertThat(apply(new FlipHorizontal(SHAPE, 1), 1)[0]).isEqualTo(pixel(0, 0, 4));
    }

    @Test
    void cropTakesEveryWindowOfThePaddedPicture() {
        RandomCrop crop = new RandomCrop(SHAPE, 2, 4, 1);
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
        Transform middle = new RandomCrop(SHAPE, 1, 3, 4).atEvaluation().orElseThrow();
        assertThat(middle.output()).isEqualTo(Shape.of(2, 1, 3));
        assertThat(apply(middle, 9))
                .containsExactly(
                        pixel(0, 1, 1), pixel(0, 1, 2), pixel(0, 1, 3), pixel(1, 1, 1), pixel(1, 1, 2), pixel(1, 1, 3));
        assertThat(apply(new CenterCrop(Shape.of(1, 1, 2), 3, 2), new float[] {5, 6}, 0))
                .containsExactly(0, 0, 5, 6, 0, 0);
    }

    @Test
    void whatOnlyVariesPicturesGoesWhenTestingAndNormalisationStays() {
        Pipeline training = new Pipeline(
                "image",
                List.of(
                        new RandomCrop(SHAPE, 3, 5, 1),
                        new Shift(SHAPE, 1),
                        new FlipHorizontal(SHAPE, 0.5f),
                        new Normalize(SHAPE, List.of(0.5f), List.of(2f))));
        assertThat(training.atEvaluation().transforms()).singleElement().isInstanceOf(Normalize.class);
    }

    @Test
    void normaliseByChannelOrByOneNumber() {
        float[] out = apply(new Normalize(SHAPE, List.of(1f, 2f), List.of(0.5f, 4f)), 0);
        assertThat(out[7]).isCloseTo((pixel(0, 1, 2) - 1) / 0.5f, within(0f));
        assertThat(out[22]).isCloseTo((pixel(1, 1, 2) - 2) / 4f, within(0f));
        float[] same = apply(new Normalize(SHAPE, List.of(1f), List.of(4f)), 0);
        assertThat(same[22]).isEqualTo((pixel(1, 1, 2) - 1) / 4f);
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shift(SHAPE, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shift(Shape.of(5), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FlipHorizontal(SHAPE, 1.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> new FlipHorizontal(SHAPE, Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomCrop(SHAPE, 6, 5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Normalize(SHAPE, List.of(1f, 2f, 3f), List.of(1f)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Normalize(SHAPE, List.of(1f), List.of(0f)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pipeline("image", List.of(new RandomCrop(SHAPE, 2, 2, 0), new Shift(SHAPE, 1))))
                .withMessage("step 1 takes [2, 3, 5], but gets [2, 2, 2]");
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
