package dev.fovea.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registry: every operator and loss, in alphabetical order of its name. */
public final class Ops {
    /** All definitions. A new operator is one line here. */
    public static final List<OpDef<?>> ALL = List.of(
            AdaptiveAvgPool.DEF, //
            AdaptiveMaxPool.DEF, //
            Add.DEF, //
            AvgPool.DEF, //
            BatchNorm.DEF, //
            Bce.DEF, //
            BceWithLogits.DEF, //
            CenterCrop.DEF, //
            ChannelShuffle.DEF, //
            Concat.DEF, //
            Conv.DEF, //
            ConvTranspose.DEF, //
            Corrupt.DEF, //
            Crop.DEF, //
            CrossEntropy.DEF, //
            Dense.DEF, //
            Depthwise.DEF, //
            DropPath.DEF, //
            Dropout.DEF, //
            Dropout2d.DEF, //
            Elu.DEF, //
            Flatten.DEF, //
            Gelu.DEF, //
            GlobalAvgPool.DEF, //
            GlobalMaxPool.DEF, //
            GroupNorm.DEF, //
            HardSigmoid.DEF, //
            HardSwish.DEF, //
            Hinge.DEF, //
            Huber.DEF, //
            Identity.DEF, //
            InstanceNorm.DEF, //
            KlDivergence.DEF, //
            KlSparsity.DEF, //
            L1.DEF, //
            LayerScale.DEF, //
            LayerNorm.DEF, //
            LeakyRelu.DEF, //
            Local.DEF, //
            LogSoftmax.DEF, //
            Lrn.DEF, //
            Mae.DEF, //
            MaxUnpool.DEF, //
            MaxPool.DEF, //
            Mse.DEF, //
            Mul.DEF, //
            Nll.DEF, //
            Noise.DEF, //
            Pad.DEF, //
            PixelShuffle.DEF, //
            Prelu.DEF, //
            Rbf.DEF, //
            Relu.DEF, //
            Relu6.DEF, //
            Reshape.DEF, //
            Scale.DEF, //
            ScaledTanh.DEF, //
            Selu.DEF, //
            Sigmoid.DEF, //
            Silu.DEF, //
            Slice.DEF, //
            Softmax.DEF, //
            Softplus.DEF, //
            StopGradient.DEF, //
            Sub.DEF, //
            Subsample.DEF, //
            Tanh.DEF, //
            Upsample.DEF);

    private static final Map<String, OpDef<?>> BY_NAME = new TreeMap<>();

    static {
        for (OpDef<?> def : ALL) {
            if (BY_NAME.put(def.name(), def) != null) {
                throw new IllegalStateException("two operators named " + def.name());
            }
        }
    }

    private Ops() {}

    /** The operator of a name. */
    public static Optional<OpDef<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All names, sorted: for "did you mean". */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
