package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A convolution that trains, its tensors in channel blocks, against the loops. */
class BlockConvGradientTest {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int CASES = 300;
    private static final int MOST_EXTENT = 16;
    private static final Pair ONE = new Pair(1, 1);
    private static final Pair THREE = new Pair(3, 3);

    private final Random random = new Random(11);
    private Simd simd;

    @BeforeEach
    void chooseRegistersAsLongAsABlock() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    @Test
    void equalsTheLoopsWhateverTheShape() {
        int found = 0;
        while (found < CASES) {
            Shape input = Shape.of(channels(3), 1 + random.nextInt(MOST_EXTENT), 1 + random.nextInt(MOST_EXTENT));
            int outputs = channels(4);
            Pair kernel = random.nextBoolean() ? ONE : new Pair(1 + random.nextInt(5), 1 + random.nextInt(5));
            Pair stride = random.nextBoolean() ? ONE : new Pair(1 + random.nextInt(3), 1 + random.nextInt(3));
            Pair dilation = new Pair(1 + random.nextInt(2), 1 + random.nextInt(2));
            Padding padding = random.nextInt(3) == 0
                    ? Padding.NONE
                    : new Padding(
                            Padding.Mode.EXPLICIT,
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3));
            boolean fits = input.height() + padding.top() + padding.bottom() > dilation.height() * (kernel.height() - 1)
                    && input.width() + padding.left() + padding.right() > dilation.width() * (kernel.width() - 1);
            if (fits) {
                check(conv(outputs, kernel, stride, padding, dilation), input, 1 + random.nextInt(4));
                found++;
            }
        }
    }

    @Test
    void equalsTheLoopsWhereWinogradServes() {
        for (int i = 0; i < 20; i++) {
            Shape input = Shape.of(2 * SIZE + SIZE * random.nextInt(2), 10 + random.nextInt(8), 10 + random.nextInt(8));
            Padding padding = random.nextBoolean() ? Padding.all(1) : Padding.NONE;
            check(conv(2 * SIZE + SIZE * random.nextInt(3), THREE, ONE, padding, ONE), input, 1 + random.nextInt(4));
        }
    }

    /** So many channels that the transformed weight is made in pieces, and so many outputs that a thread has two pairs of blocks at a time. */
    @Test
    void equalsTheLoopsWhereATransformedWeightIsMadeInPieces() {
        ConvolutionWay way = ConvolutionWay.WINOGRAD;
        check(conv(18 * SIZE, THREE, ONE, Padding.all(1), ONE), Shape.of(10 * SIZE, 7, 8), 2, way);
        check(conv(9 * SIZE - 1, THREE, ONE, Padding.all(1), ONE), Shape.of(18 * SIZE, 8, 7), 3, way);
        check(conv(9 * SIZE, THREE, ONE, Padding.all(1), ONE), Shape.of(18 * SIZE + 3, 8, 7), 1, way);
    }

    @Test
    void equalsTheLoopsOfAFirstLayer() {
        Conv first = conv(2 * SIZE, new Pair(7, 7), new Pair(2, 2), Padding.all(3), ONE);
        check(first, Shape.of(3, 33, 30), 2);
        check(conv(SIZE, new Pair(5, 5), ONE, Padding.all(2), ONE), Shape.of(3, 12, 13), 3);
        check(conv(SIZE, THREE, ONE, Padding.all(1), ONE), Shape.of(1, 9, 20), 2);
    }

    private int channels(int blocks) {
        int count = SIZE * (1 + random.nextInt(blocks));
        return random.nextInt(4) == 0 ? count - random.nextInt(SIZE) : count;
    }

    private static Conv conv(int outputs, Pair kernel, Pair stride, Padding padding, Pair dilation) {
        return new Conv(
                outputs,
                kernel,
                stride,
                padding,
                dilation,
                1,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }

    private void check(Conv op, Shape input, int batch) {
        check(op, input, batch, ConvolutionWay.BY_SHAPE);
    }

    private void check(Conv op, Shape input, int batch, ConvolutionWay way) {
        boolean in = input.channels() % SIZE == 0;
        boolean out = op.channels() % SIZE == 0;
        ConvCase one = new ConvCase(op, input, batch, random.nextBoolean(), random.nextLong());
        for (int order = 1; order < 4; order++) {
            boolean blocksIn = in && (order & 1) > 0;
            boolean blocksOut = out && (order & 2) > 0;
            if (blocksIn || blocksOut) {
                String what = op + " of " + input + ", batch " + batch + ", input in blocks " + blocksIn
                        + ", output in blocks " + blocksOut + ", accumulating " + one.accumulate();
                float[][] alone = one.runInBlocks(simd, 1, way, blocksIn, blocksOut, what);
                float[][] three = one.runInBlocks(simd, 3, way, blocksIn, blocksOut, what);
                assertThat(three).as("%s: three threads", what).isDeepEqualTo(alone);
            }
        }
    }
}
