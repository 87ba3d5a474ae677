package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.ChannelShuffle;
import dev.fovea.ops.Ends;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.GroupNorm;
import dev.fovea.ops.InstanceNorm;
import dev.fovea.ops.Interpolation;
import dev.fovea.ops.LayerNorm;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Pad;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.PixelShuffle;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Slice;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Upsample;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Kernels on cases small enough to be known: what PyTorch gives, or what can be worked out on paper. */
class KnownCasesTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

    @Test
    void lrnOfFiveChannels() {
        try (BoundOperator lrn = new BoundOperator(new Lrn(5, .1f, .75f, 2, true), Shape.of(5, 1, 1), 1)) {
            assertThat(lrn.forward(true, 1, 2, 3, 4, 5))
                    .containsExactly(new float[] {.538951f, .976787f, 1.284103f, 1.720469f, 2.193457f}, CLOSE);
        }
    }

    @Test
    void batchNormOfFourNumbers() {
        for (Shape shape : new Shape[] {Shape.of(1), Shape.of(1, 1, 1), Shape.of(1, 2, 1), Shape.of(1, 2, 2)}) {
            try (BoundOperator norm = new BoundOperator(new BatchNorm(1e-5f, .1f, true), shape, 4)) {
                assertThat(norm.forward(true, 1, 2, 3, 4))
                        .containsExactly(new float[] {-1.341635f, -.447212f, .447212f, 1.341635f}, CLOSE);
                assertThat(norm.parameter(2, 1)).containsExactly(new float[] {.25f}, CLOSE);
                assertThat(norm.parameter(3, 1)).containsExactly(new float[] {1.066667f}, CLOSE);
            }
        }
    }

    @Test
    void batchNormFarFromZeroKeepsItsDigits() {
        for (Shape shape : new Shape[] {Shape.of(1), Shape.of(1, 4, 1)}) {
            try (BoundOperator norm = new BoundOperator(new BatchNorm(1e-5f, 1, false), shape, 4)) {
                assertThat(norm.forward(true, 10001, 10002, 10003, 10004))
                        .containsExactly(new float[] {-1.341635f, -.447212f, .447212f, 1.341635f}, CLOSE);
                assertThat(norm.parameter(1, 1)).containsExactly(new float[] {1.6666666f}, CLOSE);
            }
        }
    }

    @Test
    void batchNormOfOneNumberHasNoVariance() {
        try (BoundOperator norm = new BoundOperator(new BatchNorm(1e-5f, .5f, true), Shape.of(1, 1, 1), 2)) {
            assertThat(norm.forward(true, 7)).containsExactly(0);
            assertThat(norm.parameter(2, 1)).containsExactly(3.5f);
            assertThat(norm.parameter(3, 1)).containsExactly(.5f);
        }
    }

    /** As for a fine-tuned model whose statistics are frozen: the gradient goes through a fixed affine map. */
    @Test
    void batchNormBackwardAtInferenceUsesTheRunningStatistics() {
        for (Shape shape : new Shape[] {Shape.of(1), Shape.of(1, 2, 1)}) {
            try (BoundOperator norm = new BoundOperator(new BatchNorm(3, .1f, true), shape, 4)) {
                assertThat(norm.forward(false, 2, 4, 6, 8)).containsExactly(1, 2, 3, 4); // mean 0, variance 1, eps 3
                assertThat(norm.backward(1, 1, 0, 2)).containsExactly(.5f, .5f, 0, 1);
                assertThat(norm.parameterGradient(0, 1)).containsExactly(.5f * (2 + 4 + 16));
                assertThat(norm.parameterGradient(1, 1)).containsExactly(4);
            }
        }
    }

    @Test
    void averagesOverPadding() {
        float[] ones = new float[16];
        Arrays.fill(ones, 1);
        Pair three = Pair.square(3);
        Pair two = Pair.square(2);
        try (BoundOperator pool =
                new BoundOperator(new AvgPool(three, two, Padding.all(1), true, true), Shape.of(1, 4, 4), 1)) {
            assertThat(pool.forward(true, ones))
                    .containsExactly(new float[] {4 / 9f, 6 / 9f, 3 / 9f, 6 / 9f, 1, .5f, 3 / 9f, .5f, .25f}, CLOSE);
        }
        try (BoundOperator pool =
                new BoundOperator(new AvgPool(three, two, Padding.all(1), true, false), Shape.of(1, 4, 4), 1)) {
            assertThat(pool.forward(true, ones)).containsOnly(1);
        }
    }

    @Test
    void sevenInSixBins() {
        try (BoundOperator pool = new BoundOperator(new AdaptiveAvgPool(new Pair(1, 6)), Shape.of(1, 1, 7), 1)) {
            assertThat(pool.forward(true, 0, 1, 2, 3, 4, 5, 6)).containsExactly(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
            assertThat(pool.backward(2, 2, 2, 2, 2, 2)).containsExactly(1, 2, 2, 2, 2, 2, 1);
        }
    }

    @Test
    void theFirstOfEqualsWinsTheGradient() {
        MaxPool pool = new MaxPool(Pair.square(3), Pair.square(1), Padding.all(1), Pair.square(1), false);
        try (BoundOperator max = new BoundOperator(pool, Shape.of(1, 3, 3), 1)) {
            assertThat(max.forward(true, 5, 5, 5, 5, 5, 5, 5, 5, 5)).containsOnly(5);
            assertThat(max.backward(1, 1, 1, 1, 1, 1, 1, 1, 1)).containsExactly(4, 2, 0, 2, 1, 0, 0, 0, 0);
        }
        try (BoundOperator max = new BoundOperator(new GlobalMaxPool(), Shape.of(1, 2, 3), 1)) {
            assertThat(max.forward(true, 1, 7, 2, 7, 7, 0)).containsExactly(7);
            assertThat(max.backward(3)).containsExactly(0, 3, 0, 0, 0, 0);
        }
    }

    @Test
    void notANumberWinsThePool() {
        float nan = Float.NaN;
        MaxPool pool = new MaxPool(Pair.square(2), Pair.square(2), Padding.NONE, Pair.square(1), false);
        try (BoundOperator max = new BoundOperator(pool, Shape.of(1, 2, 4), 1)) {
            float[] y = max.forward(true, 1, nan, 3, 4, 9, 2, 5, 6);
            assertThat(y[0]).isNaN();
            assertThat(y[1]).isEqualTo(6);
            assertThat(max.backward(1, 1)).containsExactly(0, 1, 0, 0, 0, 0, 0, 1);
        }
    }

    /** The padding never wins, even over what is smaller than any number. */
    @Test
    void aWindowOfMinusInfinitiesHasAWinnerInTheInput() {
        float low = Float.NEGATIVE_INFINITY;
        MaxPool pool = new MaxPool(Pair.square(3), Pair.square(2), Padding.all(1), Pair.square(1), false);
        try (BoundOperator max = new BoundOperator(pool, Shape.of(1, 3, 3), 1)) {
            assertThat(max.forward(true, low, low, low, low, low, low, low, low, low))
                    .containsOnly(low);
            assertThat(max.backward(1, 2, 3, 4)).containsExactly(1, 2, 0, 3, 4, 0, 0, 0, 0);
        }
    }

    @Test
    void softmaxOfLargeLogits() {
        try (BoundOperator softmax = new BoundOperator(new Softmax(), Shape.of(3), 1)) {
            assertThat(softmax.forward(true, 1000, 1000, -1000)).containsExactly(.5f, .5f, 0);
        }
        try (BoundOperator logs = new BoundOperator(new LogSoftmax(), Shape.of(2, 1, 2), 1)) {
            assertThat(logs.forward(true, 1000, 0, 1000, 200))
                    .containsExactly(new float[] {-.6931472f, -200, -.6931472f, 0}, CLOSE);
        }
    }

    @Test
    void slicesAndShuffles() {
        try (BoundOperator slice = new BoundOperator(new Slice(1, 6, 0, 2), Shape.of(7), 1)) {
            assertThat(slice.forward(true, 0, 1, 2, 3, 4, 5, 6)).containsExactly(1, 3, 5);
            assertThat(slice.backward(10, 20, 30)).containsExactly(0, 10, 0, 20, 0, 30, 0);
        }
        try (BoundOperator shuffle = new BoundOperator(new ChannelShuffle(2), Shape.of(6), 1)) {
            assertThat(shuffle.forward(true, 0, 1, 2, 3, 4, 5)).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(shuffle.backward(0, 3, 1, 4, 2, 5)).containsExactly(0, 1, 2, 3, 4, 5);
        }
        try (BoundOperator shuffle = new BoundOperator(new PixelShuffle(2), Shape.of(4, 1, 2), 1)) {
            assertThat(shuffle.forward(true, 0, 1, 2, 3, 4, 5, 6, 7)).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
            assertThat(shuffle.backward(0, 2, 1, 3, 4, 6, 5, 7)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void padsOfOneRow() {
        Padding two = Padding.of(0, 0, 2, 1);
        Shape row = Shape.of(1, 1, 3);
        try (BoundOperator pad = new BoundOperator(new Pad(two, Ends.NONE, PaddingMode.ZEROS), row, 1)) {
            assertThat(pad.forward(true, 1, 2, 3)).containsExactly(0, 0, 1, 2, 3, 0);
        }
        try (BoundOperator pad = new BoundOperator(new Pad(two, Ends.NONE, PaddingMode.REFLECT), row, 1)) {
            assertThat(pad.forward(true, 1, 2, 3)).containsExactly(3, 2, 1, 2, 3, 2);
            assertThat(pad.backward(1, 10, 100, 1000, 10_000, 100_000)).containsExactly(100, 101_010, 10_001);
        }
        try (BoundOperator pad = new BoundOperator(new Pad(two, Ends.NONE, PaddingMode.REPLICATE), row, 1)) {
            assertThat(pad.forward(true, 1, 2, 3)).containsExactly(1, 1, 1, 2, 3, 3);
        }
        try (BoundOperator pad = new BoundOperator(new Pad(two, Ends.NONE, PaddingMode.CIRCULAR), row, 1)) {
            assertThat(pad.forward(true, 1, 2, 3)).containsExactly(2, 3, 1, 2, 3, 1);
        }
    }

    /** Pixels have their centres at half numbers: PyTorch's align_corners=False. */
    @Test
    void upsamplesOfOneRow() {
        Shape row = Shape.of(1, 1, 2);
        try (BoundOperator nearest = new BoundOperator(new Upsample(new Pair(1, 3), Interpolation.NEAREST), row, 1)) {
            assertThat(nearest.forward(true, 1, 5)).containsExactly(1, 1, 1, 5, 5, 5);
            assertThat(nearest.backward(1, 2, 3, 4, 5, 6)).containsExactly(6, 15);
        }
        try (BoundOperator bilinear = new BoundOperator(new Upsample(Pair.square(2), Interpolation.BILINEAR), row, 1)) {
            assertThat(bilinear.forward(true, 1, 5)).containsExactly(1, 2, 4, 5, 1, 2, 4, 5);
            assertThat(bilinear.backward(1, 0, 0, 0, 0, 4, 0, 0)).containsExactly(4, 1);
        }
    }

    /** Four numbers 1 to 4 have the mean 2.5 and the biased variance 1.25, whichever axis they lie along. */
    @Test
    void normsOfFourNumbers() {
        float[] wanted = {-1.341635f, -.447212f, .447212f, 1.341635f};
        try (BoundOperator norm = new BoundOperator(new LayerNorm(1e-5f), Shape.of(4), 1)) {
            assertThat(norm.forward(true, 1, 2, 3, 4)).containsExactly(wanted, CLOSE);
        }
        try (BoundOperator norm = new BoundOperator(new LayerNorm(1e-5f), Shape.of(4, 1, 2), 1)) {
            assertThat(norm.forward(true, 1, 10001, 2, 10002, 3, 10003, 4, 10004))
                    .containsExactly(
                            new float[] {
                                wanted[0], wanted[0], wanted[1], wanted[1], wanted[2], wanted[2], wanted[3], wanted[3]
                            },
                            CLOSE);
        }
        try (BoundOperator norm = new BoundOperator(new GroupNorm(2, 1e-5f), Shape.of(4, 1, 2), 1)) {
            assertThat(norm.forward(true, 1, 2, 3, 4, 10001, 10002, 10003, 10004))
                    .containsExactly(
                            new float[] {
                                wanted[0], wanted[1], wanted[2], wanted[3], wanted[0], wanted[1], wanted[2], wanted[3]
                            },
                            CLOSE);
        }
        try (BoundOperator norm = new BoundOperator(new InstanceNorm(false, 1e-5f), Shape.of(1, 2, 2), 1)) {
            assertThat(norm.forward(true, 1, 2, 3, 4)).containsExactly(wanted, CLOSE);
        }
    }
}
