package dev.fovea.opencl;

import static java.util.Map.entry;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.Add;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Bce;
import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.CenterCrop;
import dev.fovea.ops.ChannelShuffle;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Corrupt;
import dev.fovea.ops.Crop;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Depthwise;
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
import dev.fovea.ops.Huber;
import dev.fovea.ops.Identity;
import dev.fovea.ops.InstanceNorm;
import dev.fovea.ops.KlDivergence;
import dev.fovea.ops.KlSparsity;
import dev.fovea.ops.L1;
import dev.fovea.ops.LayerNorm;
import dev.fovea.ops.LayerScale;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Local;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.Mae;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.MaxUnpool;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Mul;
import dev.fovea.ops.Nll;
import dev.fovea.ops.Noise;
import dev.fovea.ops.Op;
import dev.fovea.ops.Pad;
import dev.fovea.ops.PixelShuffle;
import dev.fovea.ops.Prelu;
import dev.fovea.ops.Rbf;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Relu6;
import dev.fovea.ops.Reshape;
import dev.fovea.ops.Scale;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Slice;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.StopGradient;
import dev.fovea.ops.Sub;
import dev.fovea.ops.Subsample;
import dev.fovea.ops.Tanh;
import dev.fovea.ops.Upsample;
import java.util.Map;
import java.util.Optional;

/** The table from operator to what makes its kernel. What is not in it runs on the CPU. */
final class Operators {
    private static final Map<Class<? extends Op>, Operator> TABLE = Map.ofEntries(
            entry(AdaptiveAvgPool.class, AdaptivePoolingOperators::mean),
            entry(AdaptiveMaxPool.class, AdaptivePoolingOperators::max),
            entry(Add.class, ElementOperators::add),
            entry(AvgPool.class, PoolingOperators::mean),
            entry(BatchNorm.class, NormSets::batch),
            entry(Bce.class, ElementLossOperator::bind),
            entry(BceWithLogits.class, ElementLossOperator::bind),
            entry(CenterCrop.class, RearrangeOperators::rearrange),
            entry(ChannelShuffle.class, RearrangeOperators::rearrange),
            entry(Concat.class, RearrangeOperators::concat),
            entry(Conv.class, ConvolutionOperators::convolution),
            entry(ConvTranspose.class, ConvolutionOperators::transposed),
            entry(Corrupt.class, DropoutKernel::corruption),
            entry(Crop.class, RearrangeOperators::rearrange),
            entry(CrossEntropy.class, CrossEntropyOperator::bind),
            entry(Dense.class, ConvolutionOperators::dense),
            entry(Depthwise.class, DirectConvolution::depthwise),
            entry(Dropout.class, DropoutKernel::elements),
            entry(Dropout2d.class, DropoutKernel::channels),
            entry(DropPath.class, DropoutKernel::samples),
            entry(Elu.class, ElementOperators::activation),
            entry(Flatten.class, ElementOperators::view),
            entry(Gelu.class, CurveOperators::bind),
            entry(GlobalAvgPool.class, PoolingOperators::globalMean),
            entry(GlobalMaxPool.class, PoolingOperators::globalMax),
            entry(GroupNorm.class, NormSets::groups),
            entry(HardSigmoid.class, ElementOperators::activation),
            entry(HardSwish.class, CurveOperators::bind),
            entry(Hinge.class, ClassLossOperators::hinge),
            entry(Huber.class, ElementLossOperator::bind),
            entry(Identity.class, ElementOperators::view),
            entry(InstanceNorm.class, NormSets::instances),
            entry(KlDivergence.class, ElementLossOperator::bind),
            entry(KlSparsity.class, SparsityOperator::bind),
            entry(L1.class, ElementLossOperator::bind),
            entry(LayerNorm.class, NormSets::positions),
            entry(LayerScale.class, ChannelOperators::layerScale),
            entry(LeakyRelu.class, ElementOperators::activation),
            entry(Local.class, DirectConvolution::local),
            entry(LogSoftmax.class, SoftmaxOperators::softmax),
            entry(Lrn.class, LrnOperator::bind),
            entry(Mae.class, ElementLossOperator::bind),
            entry(MaxPool.class, PoolingOperators::max),
            entry(MaxUnpool.class, UnpoolOperator::bind),
            entry(Mse.class, ElementLossOperator::bind),
            entry(Mul.class, PairOperators::product),
            entry(Nll.class, ClassLossOperators::nll),
            entry(Noise.class, NoiseKernel::new),
            entry(Pad.class, RearrangeOperators::rearrange),
            entry(PixelShuffle.class, RearrangeOperators::rearrange),
            entry(Prelu.class, ChannelOperators::prelu),
            entry(Rbf.class, RbfOperator::bind),
            entry(Relu.class, ElementOperators::activation),
            entry(Relu6.class, ElementOperators::activation),
            entry(Reshape.class, ElementOperators::view),
            entry(Scale.class, ChannelOperators::scale),
            entry(ScaledTanh.class, ElementOperators::activation),
            entry(Selu.class, ElementOperators::activation),
            entry(Sigmoid.class, ElementOperators::activation),
            entry(Silu.class, CurveOperators::bind),
            entry(Slice.class, RearrangeOperators::rearrange),
            entry(Softmax.class, SoftmaxOperators::softmax),
            entry(Softplus.class, ElementOperators::activation),
            entry(StopGradient.class, ElementOperators::stopGradient),
            entry(Sub.class, PairOperators::difference),
            entry(Subsample.class, SubsampleOperator::bind),
            entry(Tanh.class, ElementOperators::activation),
            entry(Upsample.class, BilinearOperator::bind));

    private Operators() {}

    /** What makes the kernel of an operator with what is fused behind it; none when that runs on the CPU. */
    static Optional<Operator> of(Op op, Optional<Op> activation) {
        return covers(op) && FusedActivation.isCovered(activation)
                ? Optional.ofNullable(TABLE.get(op.getClass()))
                : Optional.empty();
    }

    /** Whether there is a kernel for an operator. */
    static boolean covers(Op op) {
        return TABLE.containsKey(op.getClass());
    }
}
