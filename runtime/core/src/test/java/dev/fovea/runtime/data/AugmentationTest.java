package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Affine;
import dev.fovea.ops.recipe.CenterCrop;
import dev.fovea.ops.recipe.ColorJitter;
import dev.fovea.ops.recipe.Cutout;
import dev.fovea.ops.recipe.FlipVertical;
import dev.fovea.ops.recipe.PcaColor;
import dev.fovea.ops.recipe.RandomResizedCrop;
import dev.fovea.ops.recipe.Resize;
import dev.fovea.ops.recipe.Rotate;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The augmentations that vary pictures, on cases small enough to be worked out by hand. */
class AugmentationTest {
    private static final Shape SQUARE = Shape.of(1, 3, 3);
    private static final Shape PIXEL = Shape.of(3, 1, 1);
    private static final RandomStream RANDOM = RandomStream.named(5, "augmentation");
    private static final Offset<Float> CLOSE = within(1e-6f);

    private static float[] counted(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    private static float[] apply(Transform transform, float[] picture, int sample) {
        float[] out = new float[Math.toIntExact(transform.output().size())];
        transform.apply(picture, 0, out, 0, RANDOM, (long) sample * Transform.DRAWS);
        return out;
    }

    @Test
    void rowsChangePlacesInEachChannel() {
        Transform flip = Transform.of(new FlipVertical(1), Shape.of(2, 2, 2));
        assertThat(apply(flip, counted(8), 0)).containsExactly(3, 4, 1, 2, 7, 8, 5, 6);
        Transform never = Transform.of(new FlipVertical(0), Shape.of(2, 2, 2));
        assertThat(apply(never, counted(8), 0)).isEqualTo(counted(8));
    }

    /** A square of 3 about a pixel of 3×3: 9 pixels about the middle, 6 about a side, 4 about a corner. */
    @Test
    void theSquareIsCutOffAtTheBorder() {
        Transform cutout = Transform.of(new Cutout(3, 1), SQUARE);
        boolean[] seen = new boolean[9];
        for (int sample = 0; sample < 200; sample++) {
            int row = RANDOM.below(4L * sample, 3);
            int column = RANDOM.below(4L * sample + 1, 3);
            seen[3 * row + column] = true;
            float[] out = apply(cutout, counted(9), sample);
            for (int i = 0; i < 9; i++) {
                boolean covered = Math.abs(i / 3 - row) <= 1 && Math.abs(i % 3 - column) <= 1;
                assertThat(out[i]).isEqualTo(covered ? 0 : i + 1);
            }
        }
        assertThat(seen).containsOnly(true);
    }

    /** torchvision's {@code rotate(90)} of 1 … 9 is 3 6 9 / 2 5 8 / 1 4 7. */
    @Test
    void aQuarterTurnAgainstTheClock() {
        float[] out = new float[9];
        new RotateTransform(SQUARE, new Rotate(0)).turn(counted(9), 0, out, 0, 0, 1);
        assertThat(out).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        new RotateTransform(SQUARE, new Rotate(0)).turn(counted(9), 0, out, 0, -1, 0);
        assertThat(out).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(apply(Transform.of(new Rotate(0), SQUARE), counted(9), 3)).isEqualTo(counted(9));
    }

    /** By 45° the corners of 3×3 look for pixels at (1 ± √2), which round to −0.41 → 0 and 2.41 → 2: the middles of the sides. */
    @Test
    void anEighthOfATurnTakesTheNearest() {
        float[] out = new float[9];
        double half = Math.sqrt(0.5);
        new RotateTransform(SQUARE, new Rotate(0)).turn(counted(9), 0, out, 0, half, half);
        assertThat(out).containsExactly(2, 3, 6, 1, 5, 9, 4, 7, 8);
    }

    private static float[] map(double degrees, double right, double down, double scale, double shear) {
        float[] out = new float[9];
        new AffineTransform(SQUARE, new Affine(0, List.of(0f), 1, 1, 0))
                .map(counted(9), 0, out, 0, degrees, right, down, scale, shear);
        return out;
    }

    /** torchvision's {@code affine(angle=90)} of 1 … 9 is 7 4 1 / 8 5 2 / 9 6 3: with the clock. */
    @Test
    void turnedMovedScaledAndSheared() {
        assertThat(map(0, 0, 0, 1, 0)).isEqualTo(counted(9));
        assertThat(map(90, 0, 0, 1, 0)).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
        assertThat(map(0, 1, 0, 1, 0)).containsExactly(0, 1, 2, 0, 4, 5, 0, 7, 8);
        assertThat(map(0, 0, -1, 1, 0)).containsExactly(4, 5, 6, 7, 8, 9, 0, 0, 0);
        // half the size: the neighbours of the middle come from two pixels away, outside
        assertThat(map(0, 0, 0, 0.5, 0)).containsExactly(0, 0, 0, 0, 5, 0, 0, 0, 0);
        // three times the size: all are a third of a pixel from the middle
        assertThat(map(0, 0, 0, 3, 0)).containsOnly(5);
        // a lean of 45 degrees: x' = x + y
        assertThat(map(0, 0, 0, 1, 45)).containsExactly(0, 1, 2, 4, 5, 6, 8, 9, 0);
    }

    @Test
    void affineStaysWithinItsBounds() {
        Transform affine = Transform.of(new Affine(0, List.of(0.4f), 1, 1, 0), SQUARE);
        boolean[][] seen = new boolean[3][3];
        for (int sample = 0; sample < 300; sample++) {
            float[] out = apply(affine, counted(9), sample);
            for (int down = -1; down <= 1; down++) {
                for (int right = -1; right <= 1; right++) {
                    seen[down + 1][right + 1] |= Arrays.equals(out, map(0, right, down, 1, 0));
                }
            }
            assertThat(out).isEqualTo(apply(affine, counted(9), sample));
        }
        for (boolean[] row : seen) {
            assertThat(row).containsOnly(true);
        }
        assertThat(affine.atEvaluation()).isEmpty();
    }

    /** A share of the height and one of the width: here only rows move. */
    @Test
    void affineMovesEachAxisByItsOwnShare() {
        Transform affine = Transform.of(new Affine(0, List.of(0.4f, 0f), 1, 1, 0), SQUARE);
        boolean[] seen = new boolean[3];
        for (int sample = 0; sample < 100; sample++) {
            float[] out = apply(affine, counted(9), sample);
            for (int down = -1; down <= 1; down++) {
                seen[down + 1] |= Arrays.equals(out, map(0, 0, down, 1, 0));
            }
            assertThat(out).isIn(map(0, 0, -1, 1, 0), map(0, 0, 0, 1, 0), map(0, 0, 1, 1, 0));
        }
        assertThat(seen).containsOnly(true);
    }

    /** One unit of the first component: 0.2175 times its vector, on every pixel. */
    @Test
    void coloursMoveAlongTheComponents() {
        Shape shape = Shape.of(3, 1, 2);
        PcaColorTransform pca = new PcaColorTransform(shape, new PcaColor(0.1f));
        float[] out = new float[6];
        pca.add(new float[6], 0, out, 0, new double[] {1, 0, 0});
        assertThat(out)
                .containsExactly(
                        new float[] {-0.12343f, -0.12343f, -0.12632f, -0.12632f, -0.12693f, -0.12693f}, within(1e-5f));
        double squares = 0;
        for (int sample = 0; sample < 2000; sample++) {
            float[] changed = apply(pca, new float[6], sample);
            assertThat(changed[0]).isEqualTo(changed[1]);
            squares += (double) changed[0] * changed[0];
        }
        // the variance of red: 0.1²·Σ(v·λ)²
        double expected = 0.01 * (sq(0.5675 * 0.2175) + sq(0.7192 * 0.0188) + sq(0.4009 * 0.0045));
        assertThat(squares / 2000).isCloseTo(expected, within(expected * 0.1));
    }

    private static double sq(double x) {
        return x * x;
    }

    @Test
    void resizedToTheShorterSideOrToBoth() {
        assertThat(Transform.of(new Resize(List.of(4)), Shape.of(3, 10, 15)).output())
                .isEqualTo(Shape.of(3, 4, 6));
        assertThat(Transform.of(new Resize(List.of(4, 5)), Shape.of(1, 10, 15)).output())
                .isEqualTo(Shape.of(1, 4, 5));
        Transform half = Transform.of(new Resize(List.of(1, 2)), Shape.of(1, 2, 4));
        // with antialias each result is weighted 1 3 3 1 over the border: ((3·a + 3·b + 1·c)/7)
        float[] out = apply(half, new float[] {0, 0, 7, 7, 0, 0, 7, 7}, 0);
        assertThat(out).containsExactly(new float[] {1, 6}, within(1e-6f));
        assertThat(half.atEvaluation()).contains(half);
    }

    /** torchvision's CenterCrop(2) of 5 begins at round(1.5) = 2, of 3 at round(0.5) = 0. */
    @Test
    void theMiddleIsTorchvisions() {
        Transform five = Transform.of(new CenterCrop(new Pair(1, 2)), Shape.of(1, 1, 5));
        assertThat(apply(five, counted(5), 0)).containsExactly(3, 4);
        Transform three = Transform.of(new CenterCrop(new Pair(1, 2)), Shape.of(1, 1, 3));
        assertThat(apply(three, counted(3), 0)).containsExactly(1, 2);
        Transform wider = Transform.of(new CenterCrop(new Pair(1, 4)), Shape.of(1, 1, 1));
        assertThat(apply(wider, counted(1), 0)).containsExactly(0, 1, 0, 0);
    }

    private static ColorJitterTransform jitter(Shape shape) {
        return new ColorJitterTransform(shape, new ColorJitter(0.4f, 0.4f, 0.4f, 0.1f));
    }

    @Test
    void brightnessMultipliesAndSaturates() {
        float[] picture = {0.2f, 0.5f, 0.9f};
        jitter(PIXEL).brightness(picture, 0, 1.5f);
        assertThat(picture).containsExactly(new float[] {0.3f, 0.75f, 1}, CLOSE);
    }

    @Test
    void contrastGoesAwayFromTheMean() {
        float[] picture = {0.2f, 0.4f};
        jitter(Shape.of(1, 1, 2)).contrast(picture, 0, 1.5f);
        assertThat(picture).containsExactly(new float[] {0.15f, 0.45f}, CLOSE);
    }

    /** The grey of (0.2, 0.5, 0.9) is 0.2989·0.2 + 0.587·0.5 + 0.114·0.9 = 0.45588. */
    @Test
    void saturationGoesAwayFromGrey() {
        float[] picture = {0.2f, 0.5f, 0.9f};
        jitter(PIXEL).saturation(picture, 0, 0);
        assertThat(picture).containsExactly(new float[] {0.45588f, 0.45588f, 0.45588f}, CLOSE);
    }

    /** A third of the circle takes red to green and green to blue; value and saturation stay. */
    @Test
    void aThirdOfTheCircleMovesTheColoursOn() {
        float[][] colors = {{0.8f, 0.2f, 0.2f}, {0.1f, 0.9f, 0.4f}, {0.3f, 0.3f, 0.7f}, {0.9f, 0.6f, 0.1f}};
        for (float[] color : colors) {
            float[] picture = color.clone();
            jitter(PIXEL).hue(picture, 0, 1f / 3);
            assertThat(picture).containsExactly(new float[] {color[2], color[0], color[1]}, within(1e-5f));
            jitter(PIXEL).hue(picture, 0, -1f / 3);
            assertThat(picture).containsExactly(color, within(1e-5f));
        }
    }

    @Test
    void jitterStaysWithinItsBoundsAndIsAFunctionOfTheSample() {
        Transform brightness = Transform.of(new ColorJitter(0.4f, 0, 0, 0), PIXEL);
        float[] picture = {0.5f, 0.25f, 0.125f};
        double sum = 0;
        for (int sample = 0; sample < 400; sample++) {
            float[] out = apply(brightness, picture, sample);
            float factor = out[0] / 0.5f;
            assertThat(factor).isBetween(0.6f, 1.4f);
            assertThat(out[1]).isCloseTo(0.25f * factor, CLOSE);
            assertThat(apply(brightness, picture, sample)).isEqualTo(out);
            sum += factor;
        }
        assertThat(sum / 400).isCloseTo(1, within(0.04));
    }

    @Test
    void partsKeepToTheirAreaAndProportions() {
        Shape shape = Shape.of(1, 60, 80);
        ResizedCropTransform crop =
                new ResizedCropTransform(shape, new RandomResizedCrop(Pair.square(8), 0.2f, 0.6f, 0.5f, 2));
        IntStream.range(0, 500).mapToObj(i -> crop.part(RANDOM.child(i))).forEach(part -> {
            assertThat(part.height() * part.width() / 4800.0).isBetween(0.19, 0.62);
            assertThat((double) part.width() / part.height()).isBetween(0.48, 2.1);
            assertThat(part.top()).isBetween(0, 60 - part.height());
            assertThat(part.left()).isBetween(0, 80 - part.width());
        });
    }

    /** A strip of 4×100 has no part of all its area with a ratio near 1: the middle 4×5 (4 · 4/3 = 5.33) remains. */
    @Test
    void whereNoPartFitsTheMiddleIsTaken() {
        ResizedCropTransform crop = new ResizedCropTransform(
                Shape.of(1, 4, 100), new RandomResizedCrop(Pair.square(4), 1, 1, 0.75f, 4f / 3));
        assertThat(crop.part(RANDOM)).isEqualTo(new ResizedCropTransform.Part(0, 47, 4, 5));
    }

    @Test
    void aPartIsResized() {
        Transform crop = Transform.of(new RandomResizedCrop(Pair.square(1), 1, 1, 1, 1), Shape.of(2, 2, 2));
        assertThat(apply(crop, new float[] {1, 2, 3, 6, 8, 8, 8, 8}, 0)).containsExactly(new float[] {3, 8}, CLOSE);
        assertThat(crop.atEvaluation())
                .hasValueSatisfying(middle -> assertThat(middle.output()).isEqualTo(Shape.of(2, 1, 1)));
    }
}
