package dev.fovea.runtime.cpu;

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
import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.cpu.blocks.BoundKernel;
import dev.fovea.runtime.cpu.blocks.LayoutPlan;
import dev.fovea.runtime.cpu.gemm.ConvKernel;
import dev.fovea.runtime.cpu.gemm.ConvTransposeKernel;
import dev.fovea.runtime.cpu.gemm.DenseKernel;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs operators on the CPU. A new operator's kernel is one line in {@link #TABLE}. */
public final class CpuKernels implements Kernels {
    private static final Map<Class<? extends Op>, CpuFactory> TABLE = Map.ofEntries( //
            entry(AdaptiveAvgPool.class, AvgPoolKernel::adaptive),
            entry(AdaptiveMaxPool.class, MaxPoolKernel::adaptive),
            entry(Add.class, AddKernel::new),
            entry(AvgPool.class, AvgPoolKernel::sliding),
            entry(BatchNorm.class, BatchNormKernel::of),
            entry(Bce.class, ElementLossKernel::new),
            entry(BceWithLogits.class, ElementLossKernel::new),
            entry(CenterCrop.class, RearrangeKernel::new),
            entry(ChannelShuffle.class, RearrangeKernel::new),
            entry(Concat.class, ConcatKernel::new),
            entry(Conv.class, ConvKernel::new),
            entry(ConvTranspose.class, ConvTransposeKernel::new),
            entry(Corrupt.class, DropoutKernel::corruption),
            entry(Crop.class, RearrangeKernel::new),
            entry(CrossEntropy.class, CrossEntropyKernel::of),
            entry(Dense.class, DenseKernel::of),
            entry(Depthwise.class, ConvKernel::depthwise),
            entry(Dropout.class, DropoutKernel::elements),
            entry(Dropout2d.class, DropoutKernel::channels),
            entry(DropPath.class, DropoutKernel::samples),
            entry(Elu.class, ActivationKernel::new),
            entry(Flatten.class, ViewKernel::new),
            entry(Gelu.class, CurveKernel::new),
            entry(GlobalAvgPool.class, GlobalPoolKernel.Average::new),
            entry(GlobalMaxPool.class, GlobalPoolKernel.Maximum::new),
            entry(GroupNorm.class, GroupNormKernel::groups),
            entry(HardSigmoid.class, ActivationKernel::new),
            entry(HardSwish.class, CurveKernel::new),
            entry(Hinge.class, HingeKernel::new),
            entry(Huber.class, ElementLossKernel::new),
            entry(Identity.class, ViewKernel::new),
            entry(InstanceNorm.class, GroupNormKernel::instances),
            entry(KlDivergence.class, ElementLossKernel::new),
            entry(KlSparsity.class, KlSparsityKernel::new),
            entry(L1.class, ElementLossKernel::new),
            entry(LayerNorm.class, LayerNormKernel::of),
            entry(LayerScale.class, ChannelFactorKernel.LayerScaling::new),
            entry(LeakyRelu.class, ActivationKernel::new),
            entry(Local.class, LocalKernel::new),
            entry(LogSoftmax.class, SoftmaxKernel::new),
            entry(Lrn.class, LrnKernel::new),
            entry(Mae.class, ElementLossKernel::new),
            entry(MaxPool.class, MaxPoolKernel::sliding),
            entry(MaxUnpool.class, MaxUnpoolKernel::new),
            entry(Mse.class, MseKernel::new),
            entry(Mul.class, PairKernel.Product::new),
            entry(Nll.class, NllKernel::new),
            entry(Noise.class, NoiseKernel::new),
            entry(Pad.class, RearrangeKernel::new),
            entry(PixelShuffle.class, RearrangeKernel::new),
            entry(Prelu.class, ChannelFactorKernel.ParametricRelu::new),
            entry(Rbf.class, RbfKernel::new),
            entry(Relu.class, ActivationKernel::new),
            entry(Relu6.class, ActivationKernel::new),
            entry(Reshape.class, ViewKernel::new),
            entry(Scale.class, ScaleKernel::new),
            entry(ScaledTanh.class, ActivationKernel::new),
            entry(Selu.class, ActivationKernel::new),
            entry(Sigmoid.class, ActivationKernel::new),
            entry(Silu.class, CurveKernel::new),
            entry(Slice.class, RearrangeKernel::new),
            entry(Softmax.class, SoftmaxKernel::new),
            entry(Softplus.class, ActivationKernel::new),
            entry(StopGradient.class, StopGradientKernel::new),
            entry(Sub.class, PairKernel.Difference::new),
            entry(Subsample.class, SubsampleKernel::new),
            entry(Tanh.class, ActivationKernel::new),
            entry(Upsample.class, BilinearKernel::of));

    private static final Map<Class<? extends Optimizer>, UpdateFactory> UPDATES = Map.ofEntries( //
            entry(Adadelta.class, AdadeltaUpdate::new),
            entry(Adagrad.class, AdagradUpdate::new),
            entry(Adam.class, AdamUpdate::new),
            entry(AdamW.class, AdamUpdate::new),
            entry(RmsProp.class, RmsPropUpdate::new),
            entry(Sgd.class, SgdUpdate::new));

    /** Floats summed at a time by {@link #sumOfSquares}. */
    private static final int CHUNK = 4096;

    private final Workers workers;
    private final CpuHeap heap;
    private final Cpu cpu;
    /** What has been bound, in order, until all is. */
    private final List<BoundKernel> bound = new ArrayList<>();

    private List<Binding> inBlocks = List.of();
    private boolean ready;

    /** Kernels on {@code threads} threads, at least 1, with the given primitives. */
    public CpuKernels(int threads, Simd simd) {
        this(threads, simd, ConvolutionWay.asked());
    }

    /** The same with a wish for convolutions. */
    public CpuKernels(int threads, Simd simd, ConvolutionWay convolutions) {
        this(new Workers(threads), simd, convolutions, CpuHeap.ARRAYS);
    }

    private CpuKernels(Workers workers, Simd simd, ConvolutionWay convolutions, CpuHeap heap) {
        this.workers = workers;
        this.heap = heap;
        this.cpu = new Cpu(workers, simd, convolutions, heap);
    }

    /**
     * Kernels that are bound and never run: memory that is handed out has a length and no numbers, and costs nothing. To ask
     * {@link #workspaceBytes} of a model that is not to be built.
     */
    public static CpuKernels counting(int threads, Simd simd) {
        return new CpuKernels(Workers.counted(threads), simd, ConvolutionWay.asked(), CpuHeap.LENGTHS);
    }

    /** Whether there is a kernel for an operator. */
    public static boolean supports(Class<? extends Op> op) {
        return TABLE.containsKey(op);
    }

    @Override
    public String description() {
        int threads = workers.threads();
        return "CPU, " + threads + (threads == 1 ? " thread, " : " threads, ")
                + cpu.simd().description();
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        return heap.take(purpose, floats);
    }

    @Override
    public Kernel bind(Binding binding) {
        CpuFactory factory = TABLE.get(binding.op().getClass());
        if (factory == null) {
            throw new DeviceException(
                    "the CPU has no kernel for `" + binding.op().name() + "` (" + binding.name() + ")");
        }
        Kernel plain = factory.bind(binding, cpu);
        Gradient gradient = binding.output().gradient();
        Kernel kernel = binding.activation().isPresent() && gradient != null
                ? new ActivatedKernel(plain, binding, gradient, cpu)
                : plain;
        if (ready) {
            cpu.ready();
        } else {
            bound.add(new BoundKernel(binding, kernel));
        }
        return kernel;
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        UpdateFactory factory = UPDATES.get(optimizer.getClass());
        if (factory == null) {
            throw new DeviceException("the CPU has no update for the optimizer `"
                    + optimizer.def().name() + "`");
        }
        Update update = factory.bind(optimizer, binding, cpu);
        return (learningRate, step) -> {
            update.apply(learningRate, step);
            CpuMemory.change(binding.parameters());
        };
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        int from = (int) Objects.checkFromIndexSize(offset, length, memory.length());
        int end = from + (int) length;
        double sum = 0;
        for (int at = from; at < end; at += CHUNK) {
            sum += cpu.simd().sumOfSquares(0, CpuMemory.values(memory), at, Math.min(CHUNK, end - at));
        }
        return sum;
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        int from = (int) Objects.checkFromIndexSize(offset, length, memory.length());
        cpu.simd().scale(factor, CpuMemory.values(memory), from, (int) length);
        CpuMemory.change(memory);
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        int from = (int) Objects.checkFromIndexSize(offset, length, memory.length());
        float[] values = CpuMemory.values(memory);
        for (int i = from; i < from + (int) length; i++) {
            values[i] = Math.max(-most, Math.min(most, values[i]));
        }
        CpuMemory.change(memory);
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        int from = (int) Objects.checkFromIndexSize(offset, length, Math.min(target.length(), source.length()));
        float[] into = CpuMemory.values(target);
        float[] other = CpuMemory.values(source);
        for (int i = from; i < from + (int) length; i++) {
            into[i] = keep == 0 ? share * other[i] : keep * into[i] + share * other[i];
        }
        CpuMemory.change(target);
    }

    @Override
    public boolean keepsSamplesTogether() {
        return true;
    }

    @Override
    public boolean sharesMemory() {
        return true;
    }

    @Override
    public void infers(List<Operand> results) {
        layInBlocks(results);
    }

    /** Lays tensors in channel blocks where that is quicker, unless somebody wishes to see one of the planar ways to convolve. */
    private void layInBlocks(List<Operand> results) {
        if (cpu.simd().blocks().isPresent() && cpu.convolutions() == ConvolutionWay.BY_SHAPE) {
            inBlocks = LayoutPlan.lay(bound, results);
        }
    }

    /** What has been bound, in order, with its output in channel blocks. */
    public List<Binding> inBlocks() {
        return inBlocks;
    }

    /** Lays tensors in channel blocks, whose norms do the sums behind them; of those that stay planar, lets max pools take gradients through the rectifiers before them. */
    @Override
    public void trains(List<Operand> results) {
        layInBlocks(results);
        ResidualSums.join(bound);
        RectifiedPools.join(bound, results, cpu);
    }

    @Override
    public void ready() {
        ready = true;
        bound.clear();
        cpu.ready();
    }

    @Override
    public long workspaceBytes() {
        return cpu.workspaceBytes();
    }

    @Override
    public void finish() {
        // Every call has done its work when it returns.
    }

    @Override
    public void close() {
        workers.close();
    }
}
