package dev.fovea.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Bce;
import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Hinge;
import dev.fovea.ops.Huber;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.KlDivergence;
import dev.fovea.ops.KlSparsity;
import dev.fovea.ops.L1;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.Mae;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.MaxUnpool;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Nll;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Rbf;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Subsample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracles against answers that PyTorch gives, or that can be worked out on paper. */
class KnownCasesTest {
    private static final double TOLERANCE = 1e-6;

    private static Call<Op> call(Op op, List<DoubleTensor> inputs, DoubleTensor... parameters) {
        return new Call<>(op, inputs, List.of(parameters), true);
    }

    private static double[] forward(Op op, DoubleTensor... inputs) {
        return Oracles.of(op).forward(call(op, List.of(inputs))).values();
    }

    private static DoubleTensor ones(int... extents) {
        return DoubleTensor.of(extents).map(x -> 1);
    }

    private static DoubleTensor counting(int... extents) {
        DoubleTensor tensor = DoubleTensor.of(extents);
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = i + 1;
        }
        return tensor;
    }

    @Test
    void lrn() {
        double[] y = forward(new Lrn(5, 0.1f, 0.75f, 2, true), counting(1, 5, 1, 1));
        assertThat(y).containsExactly(new double[] {.538951, .976787, 1.284103, 1.720469, 2.193457}, within(TOLERANCE));
    }

    @Test
    void batchnormInTraining() {
        BatchNorm op = new BatchNorm(1e-5f, 0.1f, true);
        Call<Op> call = call(op, List.of(counting(4, 1)), ones(1), DoubleTensor.of(1), DoubleTensor.of(1), ones(1));
        assertThat(Oracles.of(op).forward(call).values())
                .containsExactly(new double[] {-1.341635, -.447212, .447212, 1.341635}, within(TOLERANCE));
        List<DoubleTensor> after = Oracles.of(op).stateAfter(call);
        assertThat(after.get(2).values()[0]).isEqualTo(.25, within(TOLERANCE));
        assertThat(after.get(3).values()[0]).isEqualTo(1.066667, within(TOLERANCE));
    }

    @Test
    void avgpoolRoundedUp() {
        Pair three = Pair.square(3);
        double[] padded = forward(new AvgPool(three, Pair.square(2), Padding.all(1), true, true), ones(1, 1, 4, 4));
        assertThat(padded)
                .containsExactly(new double[] {.4444, .6667, .3333, .6667, 1, .5, .3333, .5, .25}, within(1e-4));
        double[] bare = forward(new AvgPool(three, Pair.square(2), Padding.all(1), true, false), ones(1, 1, 4, 4));
        assertThat(bare).containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, within(TOLERANCE));
    }

    /** Bins of 7 in 6: [0,2) [1,3) [2,4) [3,5) [4,6) [5,7). */
    @Test
    void adaptiveBins() {
        double[] y = forward(new AdaptiveAvgPool(new Pair(1, 6)), counting(1, 1, 1, 7));
        assertThat(y).containsExactly(new double[] {1.5, 2.5, 3.5, 4.5, 5.5, 6.5}, within(TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 2, 1, 2, 2",
        "5, 2, 2, 1, 3, 3",
        "4, 2, 3, 1, 2, 2",
        "3, 2, 3, 0, 1, 1",
        "5, 2, 3, 1, 2, 2",
        "64, 3, 2, 1, 32, 33",
        "22, 3, 2, 0, 10, 11",
        "28, 3, 2, 0, 13, 14"
    })
    void maxpoolSizes(int input, int kernel, int stride, int padding, int down, int up) {
        for (boolean ceilMode : List.of(false, true)) {
            MaxPool op = new MaxPool(
                    Pair.square(kernel), Pair.square(stride), Padding.all(padding), Pair.square(1), ceilMode);
            double[] y = forward(op, counting(1, 1, input, input));
            assertThat(y).hasSize(ceilMode ? up * up : down * down);
            assertThat(y).doesNotContain(Double.NEGATIVE_INFINITY);
        }
    }

    /** A vertical edge filter over a picture with an edge, and the same with each way of padding. */
    @Test
    void convolutionWithPadding() {
        DoubleTensor x = counting(1, 1, 1, 4);
        DoubleTensor weight = ones(1, 1, 1, 3);
        assertThat(row(x, weight, "zeros")).containsExactly(3, 6, 9, 7);
        assertThat(row(x, weight, "reflect")).containsExactly(5, 6, 9, 10);
        assertThat(row(x, weight, "replicate")).containsExactly(4, 6, 9, 11);
        assertThat(row(x, weight, "circular")).containsExactly(7, 6, 9, 8);
    }

    private static double[] row(DoubleTensor x, DoubleTensor weight, String mode) {
        Conv op = Conv.DEF.create(Map.of(
                "channels",
                1,
                "kernel",
                new Pair(1, 3),
                "padding",
                Padding.of(0, 0, 1, 1),
                "padding_mode",
                mode,
                "bias",
                false));
        assertThat(op.paddingMode()).isEqualTo(PaddingMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        return Oracles.of(op).forward(call(op, List.of(x), weight)).values();
    }

    /** A kernel as large as the input is a dense layer. */
    @Test
    void convolutionAsDense() {
        Conv op = Conv.DEF.create(Map.of("channels", 2, "kernel", new Pair(2, 3)));
        DoubleTensor bias = counting(2);
        double[] y = Oracles.of(op)
                .forward(call(op, List.of(counting(1, 1, 2, 3)), counting(2, 1, 2, 3), bias))
                .values();
        assertThat(y).containsExactly(1 + 4 + 9 + 16 + 25 + 36 + 1, 7 + 16 + 27 + 40 + 55 + 72 + 2);
    }

    /** Two elements of one row, worked out on paper: each spreads the kernel, and the middle elements add up. */
    @Test
    void transposedConvolution() {
        ConvTranspose op = ConvTranspose.DEF.create(
                Map.of("channels", 1, "kernel", new Pair(1, 3), "stride", new Pair(1, 2), "bias", false));
        double[] y = row(op);
        assertThat(y).containsExactly(1, 2, 3 + 2, 4, 6);
        ConvTranspose cut = ConvTranspose.DEF.create(Map.of(
                "channels",
                1,
                "kernel",
                new Pair(1, 3),
                "stride",
                new Pair(1, 2),
                "padding",
                Padding.of(0, 0, 1, 1),
                "output_padding",
                new Pair(0, 1),
                "bias",
                false));
        assertThat(row(cut)).containsExactly(2, 3 + 2, 4, 6);
    }

    private static double[] row(ConvTranspose op) {
        return Oracles.of(op)
                .forward(call(op, List.of(counting(1, 1, 1, 2)), counting(1, 1, 1, 3)))
                .values();
    }

    /** Of equal elements the first in reading order won; where windows share a winner, the last of them is put there. */
    @Test
    void unpooling() {
        MaxPool pool = new MaxPool(new Pair(1, 2), new Pair(1, 2), Padding.NONE, Pair.square(1), false);
        DoubleTensor origin = DoubleTensor.of(1, 1, 1, 5).with(new double[] {3, 3, 1, 4, 9});
        assertThat(forward(new MaxUnpool(pool), counting(1, 1, 1, 2), origin)).containsExactly(1, 0, 0, 2, 0);
        MaxPool overlapping = new MaxPool(new Pair(1, 2), new Pair(1, 1), Padding.NONE, Pair.square(1), false);
        assertThat(forward(new MaxUnpool(overlapping), counting(1, 1, 1, 4), origin))
                .containsExactly(1, 2, 0, 3, 4);
        DoubleTensor peak = DoubleTensor.of(1, 1, 1, 3).with(new double[] {1, 5, 1});
        assertThat(forward(new MaxUnpool(overlapping), counting(1, 1, 1, 2), peak))
                .containsExactly(0, 2, 0);
    }

    @Test
    void lenetsSubsampling() {
        Subsample op = new Subsample(Pair.square(2), Initializer.DEFAULT);
        double[] y = Oracles.of(op)
                .forward(call(op, List.of(counting(1, 2, 2, 2)), counting(2), counting(2)))
                .values();
        assertThat(y).containsExactly(1 * (1 + 2 + 3 + 4) + 1, 2 * (5 + 6 + 7 + 8) + 2);
    }

    @Test
    void distancesToCodes() {
        Rbf op = new Rbf(2);
        DoubleTensor codes = DoubleTensor.of(2, 3).with(new double[] {1, -1, 1, -1, -1, -1});
        double[] y =
                Oracles.of(op).forward(call(op, List.of(counting(1, 3)), codes)).values();
        assertThat(y).containsExactly(0 + 9 + 4, 4 + 9 + 16);
    }

    @Test
    void losses() {
        DoubleTensor logits = DoubleTensor.of(1, 4);
        DoubleTensor label = ones(1, 1);
        assertThat(forward(new CrossEntropy(0), logits, label)[0]).isEqualTo(Math.log(4), within(TOLERANCE));
        assertThat(forward(new CrossEntropy(0.1f), counting(1, 4), label)[0])
                .as("0.9·(−log p[1]) + 0.1·mean(−log p), log Σ exp = 4.4401897")
                .isEqualTo(0.9 * 2.4401897 + 0.1 * (4.4401897 - 2.5), within(1e-6));
        assertThat(forward(new CrossEntropy(0, List.of(9f, 3f, 9f, 9f)), logits, label)[0])
                .isEqualTo(3 * Math.log(4), within(TOLERANCE));
        assertThat(forward(new Mse(), counting(1, 3), ones(1, 3))[0]).isEqualTo(5.0 / 3, within(TOLERANCE));
        assertThat(forward(new Softmax(), logits)).containsExactly(.25, .25, .25, .25);
    }

    /** By hand, with the conventions of PyTorch's L1Loss, HuberLoss, BCELoss, MultiMarginLoss, KLDivLoss and NLLLoss. */
    @Test
    void moreLosses() {
        DoubleTensor counted = counting(1, 3);
        DoubleTensor half = ones(1, 2).map(x -> 0.5);
        assertThat(forward(new Mae(), counted, ones(1, 3))[0]).isEqualTo(1, within(TOLERANCE));
        assertThat(forward(new L1(), counted.map(x -> 2 - x))[0]).isEqualTo(2 / 3.0, within(TOLERANCE));
        assertThat(forward(new Huber(1), counting(1, 4), ones(1, 4).map(x -> 0.5))[0])
                .as("0.5, 1.5, 2.5, 3.5 apart: 0.125 + 1 + 2 + 3")
                .isEqualTo(6.125 / 4, within(TOLERANCE));
        assertThat(forward(new Bce(), half, ones(1, 2))[0]).isEqualTo(Math.log(2), within(TOLERANCE));
        assertThat(forward(new Bce(), DoubleTensor.of(1, 2), ones(1, 2))[0])
                .as("the logarithm of 0 is taken as −100")
                .isEqualTo(100, within(TOLERANCE));
        assertThat(forward(new BceWithLogits(), DoubleTensor.of(1, 2), half)[0])
                .isEqualTo(Math.log(2), within(TOLERANCE));
        assertThat(forward(new Hinge(1), counting(1, 4), ones(1, 1))[0])
                .as("label 1 of 1, 2, 3, 4: 0 + 2 + 3")
                .isEqualTo(5 / 4.0, within(TOLERANCE));
        assertThat(forward(new KlDivergence(), half.map(Math::log), ones(1, 2).map(x -> 0.25))[0])
                .isEqualTo(0.5 * Math.log(0.5), within(TOLERANCE));
        assertThat(forward(new Nll(), counting(1, 2, 1, 2), ones(1, 1, 2))[0])
                .as("class 1 at both positions: −3 and −4")
                .isEqualTo(-3.5, within(TOLERANCE));
        DoubleTensor active = DoubleTensor.of(2, 1);
        active.values()[0] = 0.2;
        active.values()[1] = 0.6;
        assertThat(forward(new KlSparsity(0.4f), active))
                .as("a mean of 0.4 is what is wanted")
                .containsExactly(new double[] {0, 0}, within(TOLERANCE));
        assertThat(forward(new KlSparsity(0.1f), active)[1])
                .isEqualTo(0.1 * Math.log(0.25) + 0.9 * Math.log(1.5), within(TOLERANCE));
    }
}
