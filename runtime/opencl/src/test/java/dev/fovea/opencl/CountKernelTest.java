package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.ClassCounts;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts on the device, against the definition: ties, NaN, several positions, labels that are no class. */
@RequiresOpenCl
class CountKernelTest {
    private static final long SEED = 3;
    private static final int CLASSES = 5;
    private static final int POSITIONS = 6;
    private static final int BATCH = 37;
    private static final Shape SCORES = Shape.of(CLASSES, 2, 3);
    private static final int STRIDE = CLASSES * POSITIONS + 2;

    private final float[] scores = new float[BATCH * STRIDE];
    private final float[] labels = new float[BATCH * POSITIONS];

    private void fill(Random random) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(40) == 0 ? Float.NaN : random.nextInt(4) - 2;
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        labels[7] = CLASSES;
        labels[8] = -1;
    }

    @Test
    void areThoseOfTheDefinition() {
        long[] ranks = new long[CLASSES + 1];
        long[] pairs = new long[CLASSES * (CLASSES + 1)];
        try (Kernels kernels = TestDevice.open();
                Memory prediction = kernels.allocate("scores", scores.length);
                Memory target = kernels.allocate("labels", labels.length);
                ClassCounts counts = counts(kernels, prediction, target, SCORES, true)) {
            Random random = new Random(SEED);
            for (int step = 0; step < 3; step++) {
                fill(random);
                prediction.write(0, scores, 0, scores.length);
                target.write(0, labels, 0, labels.length);
                int batch = BATCH - step;
                counts.add(batch);
                count(batch, ranks, pairs);
            }
            assertThat(counts.takeRanks()).as("seed %d", SEED).isEqualTo(ranks);
            assertThat(counts.takePairs()).as("seed %d", SEED).isEqualTo(pairs);
            assertThat(counts.takeRanks()).containsOnly(0);
            assertThat(counts.takePairs()).containsOnly(0);
        }
        assertThat(ranks).doesNotContain(0);
        assertThat(ClHandle.open()).isEmpty();
    }

    /** A rank: larger scores come before, and of equal ones the first. */
    private void count(int batch, long[] ranks, long[] pairs) {
        for (int i = 0; i < batch * POSITIONS; i++) {
            int first = i / POSITIONS * STRIDE + i % POSITIONS;
            int label = (int) labels[i];
            if (label < 0 || label >= CLASSES) {
                continue;
            }
            float wanted = scores[first + label * POSITIONS];
            int rank = 0;
            int largest = 0;
            boolean numbers = true;
            for (int c = 0; c < CLASSES; c++) {
                float other = scores[first + c * POSITIONS];
                boolean isBefore = Float.isNaN(other) || other > wanted || (other == wanted && c < label);
                rank += c != label && isBefore ? 1 : 0;
                numbers &= !Float.isNaN(other);
                largest = other > scores[first + largest * POSITIONS] ? c : largest;
            }
            ranks[Float.isNaN(wanted) ? CLASSES : rank]++;
            pairs[label * (CLASSES + 1) + (numbers ? largest : CLASSES)]++;
        }
    }

    @Test
    void labelsOfAnotherShapeAreRefused() {
        try (Kernels kernels = TestDevice.open();
                Memory prediction = kernels.allocate("scores", scores.length);
                Memory target = kernels.allocate("labels", labels.length)) {
            assertThatThrownBy(() -> counts(kernels, prediction, target, Shape.of(CLASSES), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("for scores");
        }
        assertThat(ClHandle.open()).isEmpty();
    }

    private static ClassCounts counts(Kernels kernels, Memory prediction, Memory target, Shape shape, boolean pairs) {
        return kernels.classCounts(
                        new Operand(shape, new Region(prediction, 0, STRIDE), null),
                        new Operand(Shape.of(2, 3), new Region(target, 0, POSITIONS), null),
                        BATCH,
                        pairs)
                .orElseThrow();
    }
}
