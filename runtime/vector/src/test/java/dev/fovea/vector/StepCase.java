package dev.fovea.vector;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.Add;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Depthwise;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Tanh;
import dev.fovea.ops.Tie;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.vector.StepNet.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * A small net whose steps are counted.
 *
 * @param way its convolutions go
 */
record StepCase(String name, ConvolutionWay way, int batch, Shape input, List<Layer> layers) {
    private static final Pair ONE = Pair.square(1);
    private static final Pair TWO = Pair.square(2);
    private static final Pair THREE = Pair.square(3);

    static final List<StepCase> ALL = List.of(
            residual("gathered, 32 rows", ConvolutionWay.GATHERED, 3, Shape.of(32, 9, 9), conv(32, 3, 1, 1, 1)),
            residual("gathered, few columns", ConvolutionWay.GATHERED, 1, Shape.of(32, 3, 3), conv(32, 3, 1, 1, 1)),
            residual(
                    "gathered, rows shared out", ConvolutionWay.GATHERED, 2, Shape.of(32, 4, 4), conv(160, 3, 1, 1, 1)),
            residual("gathered, few rows", ConvolutionWay.GATHERED, 3, Shape.of(8, 12, 12), conv(5, 5, 1, 2, 1)),
            residual("1×1", ConvolutionWay.BY_SHAPE, 4, Shape.of(32, 9, 9), conv(32, 1, 1, 0, 1)),
            residual("1×1, every second", ConvolutionWay.BY_SHAPE, 8, Shape.of(32, 16, 16), conv(64, 1, 2, 0, 1)),
            residual("3×3, every second", ConvolutionWay.BY_SHAPE, 6, Shape.of(32, 17, 17), conv(32, 3, 2, 1, 1)),
            residual("Winograd", ConvolutionWay.WINOGRAD, 2, Shape.of(32, 12, 12), conv(32, 3, 1, 1, 1)),
            residual("rows", ConvolutionWay.BY_SHAPE, 2, Shape.of(3, 20, 20), conv(8, 5, 1, 2, 1)),
            residual("pixels", ConvolutionWay.BY_SHAPE, 1, Shape.of(8, 6, 6), conv(32, 5, 1, 0, 1)),
            residual("groups of 8 channels", ConvolutionWay.BY_SHAPE, 2, Shape.of(32, 9, 9), conv(32, 3, 1, 1, 4)),
            residual("planes", ConvolutionWay.BY_SHAPE, 2, Shape.of(16, 12, 12), depthwise(1)),
            residual("planes, every second", ConvolutionWay.BY_SHAPE, 2, Shape.of(16, 12, 12), depthwise(2)),
            plain("gathered, 32 rows", ConvolutionWay.GATHERED, 3, Shape.of(32, 9, 9), conv(32, 3, 1, 1, 1)),
            plain("Winograd", ConvolutionWay.WINOGRAD, 2, Shape.of(32, 12, 12), conv(32, 3, 1, 1, 1)),
            plain("rows", ConvolutionWay.BY_SHAPE, 2, Shape.of(3, 20, 20), conv(8, 5, 1, 2, 1)),
            plain("pixels", ConvolutionWay.BY_SHAPE, 1, Shape.of(8, 6, 6), conv(32, 5, 1, 0, 1)),
            chain("transposed", 2, Shape.of(16, 6, 6), transposed(8), new Relu()),
            chain("maxima of two", 2, Shape.of(8, 12, 12), conv(8, 1, 1, 0, 1), new Relu(), max(TWO, TWO, 0)),
            chain("maxima of three", 2, Shape.of(8, 13, 13), conv(8, 1, 1, 0, 1), new Relu(), max(THREE, TWO, 1)),
            chain("overlapping maxima", 2, Shape.of(8, 12, 12), conv(8, 1, 1, 0, 1), new Tanh(), max(THREE, ONE, 1)),
            chain("means", 2, Shape.of(8, 12, 12), conv(8, 1, 1, 0, 1), new Silu(), mean(), new AdaptiveAvgPool(TWO)),
            chain("a mean", 2, Shape.of(8, 12, 12), conv(8, 1, 1, 0, 1), new Relu(), new GlobalAvgPool(), dense(10)),
            blocks("maxima of two", conv(32, 3, 1, 1, 1), max(TWO, TWO, 0)),
            blocks("maxima of three", conv(32, 1, 2, 0, 1), max(THREE, TWO, 1)),
            blocks("overlapping maxima", conv(32, 5, 1, 2, 1), max(THREE, ONE, 1)),
            chain("dense", 1, Shape.of(70), dense(50), new Relu(), dense(10)),
            chain("dense, few samples", 3, Shape.of(70), dense(50), new Relu(), dense(10)),
            chain("dense, a long weight", 3, Shape.of(600), dense(500), new Relu(), dense(10)),
            chain("dense, a long weight, more samples", 7, Shape.of(600), dense(500), new Relu(), dense(10)),
            chain("dense, many samples", 64, Shape.of(70), dense(50), norm(), new Tanh(), dense(10)));

    /** A convolution of the image, normalised, added to another image and rectified: which one kernel does at inference. */
    private static StepCase residual(String name, ConvolutionWay way, int batch, Shape input, Op convolution) {
        List<Layer> layers = List.of(
                Layer.of(convolution),
                Layer.of(norm()).folding(),
                Layer.of(new Add()).withAnother().then(new Relu()).folding());
        return new StepCase(name + ", with what follows", way, batch, input, layers);
    }

    /** A convolution and a function: at inference the weight is kept as it comes, or in the form that its product wants. */
    private static StepCase plain(String name, ConvolutionWay way, int batch, Shape input, Op convolution) {
        return new StepCase(
                name, way, batch, input, List.of(Layer.of(convolution).then(new Relu())));
    }

    /** Layers that lie in channel blocks where registers are long enough: a norm, a pool, and convolutions at both ends. */
    private static StepCase blocks(String name, Op convolution, Op pool) {
        return chain(
                name + ", in blocks",
                2,
                Shape.of(32, 28, 28),
                convolution,
                norm(),
                new Relu(),
                pool,
                conv(64, 3, 1, 1, 1),
                new Relu(),
                new GlobalAvgPool(),
                dense(10));
    }

    /** Layers, of which functions behind a weight are fused with it. */
    private static StepCase chain(String name, int batch, Shape input, Op... ops) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < ops.length; i++) {
            boolean fused = i + 1 < ops.length && (ops[i + 1] instanceof Relu || ops[i + 1] instanceof Tanh);
            Layer layer = Layer.of(ops[i]);
            layers.add(fused ? layer.then(ops[i + 1]) : layer);
            i += fused ? 1 : 0;
        }
        return new StepCase(name, ConvolutionWay.BY_SHAPE, batch, input, layers);
    }

    private static Conv conv(int channels, int size, int stride, int padding, int groups) {
        return new Conv(
                channels,
                Pair.square(size),
                Pair.square(stride),
                Padding.all(padding),
                ONE,
                groups,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }

    private static Depthwise depthwise(int stride) {
        return new Depthwise(
                THREE,
                1,
                Pair.square(stride),
                Padding.all(1),
                ONE,
                false,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                Rounding.FLOOR);
    }

    private static ConvTranspose transposed(int channels) {
        return new ConvTranspose(
                channels,
                Pair.square(4),
                TWO,
                Padding.all(1),
                Pair.square(0),
                ONE,
                1,
                true,
                Initializer.DEFAULT,
                Tie.NONE);
    }

    private static MaxPool max(Pair size, Pair stride, int padding) {
        return new MaxPool(size, stride, Padding.all(padding), ONE, false);
    }

    private static AvgPool mean() {
        return new AvgPool(TWO, TWO, Padding.NONE, false, true);
    }

    private static BatchNorm norm() {
        return new BatchNorm(1e-5f, 0.1f, true);
    }

    private static Dense dense(int units) {
        return new Dense(units, true, Initializer.DEFAULT);
    }
}
