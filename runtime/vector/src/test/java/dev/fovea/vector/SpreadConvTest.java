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
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.simd.Simd;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Convolutions whose channels fill a register, an image's elements spread over it, against seven nested loops and the other ways. */
class SpreadConvTest {
    private static final int CASES = 300;
    /** One case in so many runs on several threads too. */
    private static final int THREADED = 4;

    private final Simd simd = Simds.all().get(Simds.all().size() - 1);

    @Test
    void equalsTheLoopsAndTheBitsOfPanels() {
        assumeThat(simd.channels()).as("registers of 16 lanes").isPresent();
        Map<Pass, Integer> spread = new HashMap<>();
        for (int seed = 0; seed < CASES; seed++) {
            ConvCase one = random(new Random(seed));
            String what = "seed " + seed + ": " + one;
            one.ways(simd).forEach((pass, way) -> spread.merge(pass, way.startsWith("spread") ? 1 : 0, Integer::sum));
            float[][] results = one.run(simd, 1, what);
            float[][] gathered = one.run(simd, 1, ConvolutionWay.GATHERED, what);
            for (int i = 0; i < 2; i++) { // the output and the gradient of the input
                assertThat(RandomConvTest.unsignedZeros(results[i]))
                        .as(what)
                        .isEqualTo(RandomConvTest.unsignedZeros(gathered[i]));
            }
            assertThat(one.infer(simd, 2, ConvolutionWay.BY_SHAPE, what))
                    .as(what)
                    .isEqualTo(one.infer(simd, 1, ConvolutionWay.GATHERED, what));
            if (seed % THREADED == 0) {
                assertThat(one.run(simd, 2, what)).as(what).isDeepEqualTo(results);
                assertThat(one.run(simd, 3, what)).as(what).isDeepEqualTo(results);
            }
        }
        Collection<Integer> found = List.of(
                spread.getOrDefault(Pass.FORWARD, 0),
                spread.getOrDefault(Pass.INPUT_GRADIENT, 0),
                spread.getOrDefault(Pass.WEIGHT_GRADIENT, 0));
        assertThat(found).as("spread forward and in both gradients: %s", spread).allMatch(count -> count > CASES / 25);
    }

    /** With a tensor that is added and an activation; of one sample bands may be shared out. */
    @Test
    void whatFollowsTheSums() {
        assumeThat(simd.channels()).as("registers of 16 lanes").isPresent();
        int spread = 0;
        for (int seed = 0; seed < CASES / 2; seed++) {
            ConvCase one = random(new Random(seed));
            spread += one.ways(simd).get(Pass.FORWARD).equals("spread") ? 1 : 0;
            NarrowRowsTest.equalsPanelsAtInference(simd, one.op(), one.input(), 1 + seed % 3, seed % 2 == 0);
        }
        assertThat(spread).isGreaterThanOrEqualTo(CASES / 30);
    }

    /** The input's channels fill a register, those of the output two to five eighths: the input is turned to registers. */
    @Test
    void gradientWithTheInputsChannelsInRegisters() {
        assumeThat(simd.channels()).as("registers of 16 lanes").isPresent();
        int lanes = simd.lanes();
        for (boolean accumulate : new boolean[] {false, true}) {
            Conv op = new Conv(
                    lanes + lanes / 4,
                    new Pair(3, 5),
                    Pair.square(1),
                    Padding.of(0, 2, 1, 3),
                    new Pair(2, 1),
                    1,
                    true,
                    PaddingMode.ZEROS,
                    Initializer.DEFAULT,
                    List.of(),
                    Rounding.FLOOR);
            ConvCase one = new ConvCase(op, Shape.of(lanes, 13, 9), 7, accumulate, 11);
            assertThat(one.ways(simd)).containsEntry(Pass.WEIGHT_GRADIENT, "spread inputs");
            float[][] results = one.run(simd, 1, "16 to 20");
            assertThat(one.run(simd, 3, "16 to 20")).isDeepEqualTo(results);
        }
    }

    /** As many channels as a register has lanes or fewer or more, on both sides, and short rows. */
    private ConvCase random(Random random) {
        int lanes = simd.lanes();
        while (true) {
            Conv op = new Conv(
                    lanes / 2 + 1 + random.nextInt(random.nextInt(4) == 0 ? 2 * lanes : lanes / 2 + 6),
                    new Pair(1 + random.nextInt(7), 2 + random.nextInt(6)),
                    Pair.square(1),
                    Padding.of(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4)),
                    random.nextInt(5) == 0 ? new Pair(2, 1) : Pair.square(1),
                    1,
                    random.nextBoolean(),
                    PaddingMode.ZEROS,
                    Initializer.DEFAULT,
                    List.of(),
                    Rounding.FLOOR);
            int most = random.nextInt(6) == 0 ? 2 * lanes : lanes;
            Shape input = Shape.of(
                    (random.nextBoolean() ? 1 : lanes / 2 + 1) + random.nextInt(lanes / 2 + 4),
                    3 + random.nextInt(2 * most),
                    1 + random.nextInt(most));
            if (fits(op, input)) {
                return new ConvCase(op, input, 1 + random.nextInt(4), random.nextInt(5) == 0, random.nextLong());
            }
        }
    }

    private static boolean fits(Conv op, Shape input) {
        Padding padding = op.padding();
        int height = input.height()
                + padding.top()
                + padding.bottom()
                - op.dilation().height() * (op.kernel().height() - 1);
        return height > 0
                && input.width() + padding.left() + padding.right()
                        >= op.kernel().width();
    }
}
