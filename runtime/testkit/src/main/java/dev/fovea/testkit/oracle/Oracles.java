package dev.fovea.testkit.oracle;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.Corrupt;
import dev.fovea.ops.DropPath;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Dropout2d;
import dev.fovea.ops.Elu;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.GroupNorm;
import dev.fovea.ops.HardSigmoid;
import dev.fovea.ops.HardSwish;
import dev.fovea.ops.Hinge;
import dev.fovea.ops.Identity;
import dev.fovea.ops.InstanceNorm;
import dev.fovea.ops.LayerNorm;
import dev.fovea.ops.LayerScale;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Mul;
import dev.fovea.ops.Nll;
import dev.fovea.ops.Noise;
import dev.fovea.ops.Op;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Prelu;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Relu6;
import dev.fovea.ops.Reshape;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.Sub;
import dev.fovea.ops.Tanh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The oracle of each operator, by the operator's name. */
public final class Oracles {
    /** Roundings allowed to an approximation of exp or tanh. */
    private static final int TRANSCENDENTAL = 12;

    /* Those that act while training are the identity here, as at inference. */
    private static final Map<String, Oracle<?>> OPERATORS = Map.ofEntries(
            Map.entry("adaptive_avgpool", new BinOracle<AdaptiveAvgPool>(AdaptiveAvgPool::size, true, true)),
            Map.entry("adaptive_maxpool", new BinOracle<AdaptiveMaxPool>(AdaptiveMaxPool::size, true, false)),
            Map.entry("add", new AddOracle()),
            Map.entry("avgpool", new AvgPoolOracle()),
            Map.entry("batchnorm", new BatchNormOracle()),
            Map.entry("center_crop", PlaceOracles.centerCrop()),
            Map.entry("channel_shuffle", PlaceOracles.channelShuffle()),
            Map.entry("concat", new ConcatOracle()),
            Map.entry("conv", new ConvOracle()),
            Map.entry("conv_transpose", new ConvTransposeOracle()),
            Map.entry("corrupt", new ElementOracle<Corrupt>((op, x) -> x, 0)),
            Map.entry("crop", PlaceOracles.crop()),
            Map.entry("cross_entropy", new CrossEntropyOracle()),
            Map.entry("dense", new DenseOracle()),
            Map.entry("depthwise", new DepthwiseOracle()),
            Map.entry("drop_path", new ElementOracle<DropPath>((op, x) -> x, 0)),
            Map.entry("dropout", new ElementOracle<Dropout>((op, x) -> x, 0)),
            Map.entry("dropout2d", new ElementOracle<Dropout2d>((op, x) -> x, 0)),
            Map.entry("elu", new ElementOracle<Elu>((op, x) -> x > 0 ? x : op.alpha() * Math.expm1(x), TRANSCENDENTAL)),
            Map.entry("flatten", new ViewOracle<Flatten>((op, shape) -> Shape.of((int) shape.size()))),
            Map.entry("gelu", new ElementOracle<Gelu>((op, x) -> x * NormalOracle.share(x), TRANSCENDENTAL, 1)),
            Map.entry("global_avgpool", new BinOracle<GlobalAvgPool>(op -> Pair.square(1), false, true)),
            Map.entry("global_maxpool", new BinOracle<GlobalMaxPool>(op -> Pair.square(1), false, false)),
            Map.entry(
                    "groupnorm",
                    new GroupedNormOracle<GroupNorm>(
                            GroupNorm::eps, (op, shape, c, i) -> c / (shape.channels() / op.groups()))),
            Map.entry(
                    "hardsigmoid",
                    new ElementOracle<HardSigmoid>((op, x) -> Math.min(Math.max(x + 3, 0), 6) / 6, 3, 1)),
            Map.entry(
                    "hardswish",
                    new ElementOracle<HardSwish>((op, x) -> x * Math.min(Math.max(x + 3, 0), 6) / 6, 4, 1)),
            Map.entry("hinge", new ClassLossOracle<>(Oracles::hinge)),
            Map.entry("identity", new ViewOracle<Identity>((op, shape) -> shape)),
            Map.entry("instancenorm", new GroupedNormOracle<InstanceNorm>(InstanceNorm::eps, (op, shape, c, i) -> c)),
            Map.entry("kl_sparsity", new KlSparsityOracle()),
            Map.entry("layer_scale", new ChannelFactorOracle<LayerScale>((op, x, w) -> w * x)),
            Map.entry("layernorm", new GroupedNormOracle<LayerNorm>(LayerNorm::eps, (op, shape, c, i) -> i)),
            Map.entry("leaky_relu", new ElementOracle<LeakyRelu>((op, x) -> x > 0 ? x : op.slope() * x, 1)),
            Map.entry("local", new LocalOracle()),
            Map.entry("log_softmax", new SoftmaxOracle<LogSoftmax>(true)),
            Map.entry("lrn", new LrnOracle()),
            Map.entry("maxpool", new MaxPoolOracle()),
            Map.entry("max_unpool", new MaxUnpoolOracle()),
            Map.entry("mse", new MseOracle()),
            Map.entry("mul", new PairOracle<Mul>((a, b) -> a * b)),
            Map.entry("nll", new ClassLossOracle<Nll>((op, scores, label) -> -scores[label])),
            Map.entry("noise", new ElementOracle<Noise>((op, x) -> x, 0)),
            Map.entry("pad", PlaceOracles.pad()),
            Map.entry("pixel_shuffle", PlaceOracles.pixelShuffle()),
            Map.entry("prelu", new ChannelFactorOracle<Prelu>((op, x, w) -> x > 0 ? x : w * x)),
            Map.entry("rbf", new RbfOracle()),
            Map.entry("relu", new ElementOracle<Relu>((op, x) -> Math.max(x, 0), 0)),
            Map.entry("relu6", new ElementOracle<Relu6>((op, x) -> Math.min(Math.max(x, 0), 6), 0)),
            Map.entry("reshape", new ViewOracle<Reshape>((op, shape) -> reshaped(op.shape(), shape))),
            Map.entry("scale", new ScaleOracle()),
            Map.entry(
                    "scaled_tanh",
                    new ElementOracle<ScaledTanh>((op, x) -> 1.7159 * Math.tanh(2 * x / 3), TRANSCENDENTAL + 2)),
            Map.entry(
                    "selu",
                    new ElementOracle<Selu>(
                            (op, x) -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
                            TRANSCENDENTAL + 2)),
            Map.entry("sigmoid", new ElementOracle<Sigmoid>((op, x) -> 1 / (1 + Math.exp(-x)), TRANSCENDENTAL, 0.5)),
            Map.entry("silu", new ElementOracle<Silu>((op, x) -> x / (1 + Math.exp(-x)), TRANSCENDENTAL, 1)),
            Map.entry("slice", PlaceOracles.slice()),
            Map.entry("softmax", new SoftmaxOracle<Softmax>(false)),
            Map.entry("softplus", new ElementOracle<Softplus>((op, x) -> Math.log1p(Math.exp(x)), TRANSCENDENTAL)),
            Map.entry("stop_gradient", new StopGradientOracle()),
            Map.entry("sub", new PairOracle<Sub>((a, b) -> a - b)),
            Map.entry("subsample", new SubsampleOracle()),
            Map.entry("tanh", new ElementOracle<Tanh>((op, x) -> Math.tanh(x), TRANSCENDENTAL)),
            Map.entry("upsample", new UpsampleOracle()));

    private static final Map<String, Oracle<?>> ALL = new TreeMap<>(OPERATORS);

    static {
        ALL.putAll(LossOracles.all());
    }

    private Oracles() {}

    /** The oracle of an operator, if it has one. */
    public static Optional<Oracle<?>> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /**
     * The oracle of an operator.
     *
     * @throws IllegalArgumentException when it has none
     */
    @SuppressWarnings("unchecked") // registered under the name of its operator
    public static Oracle<Op> of(Op op) {
        return (Oracle<Op>)
                named(op.name()).orElseThrow(() -> new IllegalArgumentException("`" + op.name() + "` has no oracle"));
    }

    private static Shape reshaped(List<Integer> wanted, Shape shape) {
        long known = wanted.stream().filter(n -> n > 0).mapToLong(n -> n).reduce(1, (a, b) -> a * b);
        return Shape.of(wanted.stream()
                .map(n -> n > 0 ? n : (int) (shape.size() / known))
                .toList());
    }

    private static double hinge(Hinge op, double[] scores, int label) {
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            sum += c == label ? 0 : Math.max(0, op.margin() - scores[label] + scores[c]);
        }
        return sum / scores.length;
    }
}
