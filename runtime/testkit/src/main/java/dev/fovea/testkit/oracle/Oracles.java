package dev.fovea.testkit.oracle;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.Identity;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Op;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Reshape;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Tanh;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The oracle of each operator, by the operator's name. */
public final class Oracles {
    /** Roundings allowed to an approximation of exp or tanh. */
    private static final int TRANSCENDENTAL = 12;

    private static final Map<String, Oracle<?>> ALL = Map.ofEntries(
            Map.entry("adaptive_avgpool", new BinOracle<AdaptiveAvgPool>(AdaptiveAvgPool::size, true, true)),
            Map.entry("adaptive_maxpool", new BinOracle<AdaptiveMaxPool>(AdaptiveMaxPool::size, true, false)),
            Map.entry("add", new AddOracle()),
            Map.entry("avgpool", new AvgPoolOracle()),
            Map.entry("batchnorm", new BatchNormOracle()),
            Map.entry("concat", new ConcatOracle()),
            Map.entry("conv", new ConvOracle()),
            Map.entry("cross_entropy", new CrossEntropyOracle()),
            Map.entry("dense", new DenseOracle()),
            Map.entry("dropout", new ElementOracle<Dropout>((op, x) -> x, 0)), // at inference
            Map.entry("flatten", new ViewOracle<Flatten>((op, shape) -> Shape.of((int) shape.size()))),
            Map.entry("global_avgpool", new BinOracle<GlobalAvgPool>(op -> Pair.square(1), false, true)),
            Map.entry("global_maxpool", new BinOracle<GlobalMaxPool>(op -> Pair.square(1), false, false)),
            Map.entry("identity", new ViewOracle<Identity>((op, shape) -> shape)),
            Map.entry("leaky_relu", new ElementOracle<LeakyRelu>((op, x) -> x > 0 ? x : op.slope() * x, 1)),
            Map.entry("log_softmax", new SoftmaxOracle<LogSoftmax>(true)),
            Map.entry("lrn", new LrnOracle()),
            Map.entry("maxpool", new MaxPoolOracle()),
            Map.entry("mse", new MseOracle()),
            Map.entry("relu", new ElementOracle<Relu>((op, x) -> Math.max(x, 0), 0)),
            Map.entry("reshape", new ViewOracle<Reshape>((op, shape) -> reshaped(op.shape(), shape))),
            Map.entry("sigmoid", new ElementOracle<Sigmoid>((op, x) -> 1 / (1 + Math.exp(-x)), TRANSCENDENTAL, 0.5)),
            Map.entry("softmax", new SoftmaxOracle<Softmax>(false)),
            Map.entry("tanh", new ElementOracle<Tanh>((op, x) -> Math.tanh(x), TRANSCENDENTAL)));

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
}
