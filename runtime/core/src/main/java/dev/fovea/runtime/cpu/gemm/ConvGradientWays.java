package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.Optional;

/** The ways a convolution's gradients may go, and which of them its shapes make the quickest. */
final class ConvGradientWays {
    private final Binding binding;
    private final Cpu cpu;
    private final Conv op;
    private final Window window;
    private final Gather gather;
    private final Shape from;
    private final Shape to;
    private final int capacity;

    ConvGradientWays(Binding binding, Cpu cpu, Conv op, Window window, Gather gather) {
        this.binding = binding;
        this.cpu = cpu;
        this.op = op;
        this.window = window;
        this.gather = gather;
        this.from = binding.input().shape();
        this.to = binding.output().shape();
        this.capacity = binding.capacity();
    }

    /** Whether somebody wants the input's gradient. */
    boolean wantsInput() {
        return binding.output().gradient() != null && binding.input().gradient() != null;
    }

    /** Whether somebody wants the weight's gradient. */
    boolean wantsWeight() {
        return binding.output().gradient() != null
                && binding.parameters().get(0).gradient() != null;
    }

    /** Whether what is wanted can be had of tensors in channel blocks, and rows are short enough. */
    boolean fitInBlocks() {
        return op.groups() == 1 && (!wantsInput() || (op.paddingMode() == PaddingMode.ZEROS && inputFits()));
    }

    private boolean inputFits() {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        Gather phase = new Gather(
                GatherAxis.backward(rows, from.height(), rows.before(), 0),
                GatherAxis.backward(columns, from.width(), columns.before(), 0));
        return BlockGain.fits(phase, to.channels(), isWinogradInputInBlocks());
    }

    private boolean isWinogradInputInBlocks() {
        return Winograd.inputGradientInBlocks(cpu.convolutions(), window, op.groups(), from, to, capacity);
    }

    /** What is gained backward where one of the tensors lies in channel blocks or both do, in multiply-adds at the peak. */
    double gainInBlocks(boolean inputInBlocks, boolean outputInBlocks) {
        double sums = BlockGain.sums(binding, op);
        double turning = (inputInBlocks ? 0 : BlockGain.turning(binding.input(), capacity))
                + (outputInBlocks ? 0 : BlockGain.turning(binding.output(), capacity));
        double gain = 0;
        if (wantsInput()) {
            boolean winograd = Winograd.inputGradient(
                    cpu.convolutions(), window, op.paddingMode(), op.groups(), from, to, capacity);
            boolean inBlocks = isWinogradInputInBlocks();
            BlockSimd blocks = cpu.simd().blocks().orElseThrow();
            gain += BlockGain.of(sums, to.channels(), from, blocks, winograd, inBlocks) - turning;
        }
        if (wantsWeight()) {
            gain += BlockGain.ofWeight(sums, to, isWinogradWeight()) - turning;
        }
        return gain;
    }

    /** The gradient of the input, if it is wanted; each tensor and its gradient lie in the same order. */
    Optional<InputSums> input(boolean inputInBlocks, boolean outputInBlocks) {
        Gradient dx = binding.input().gradient();
        Gradient dy = binding.output().gradient();
        if (dx == null || dy == null) {
            return Optional.empty();
        }
        return Optional.of(
                inputInBlocks || outputInBlocks
                        ? new BlockInputGradient(
                                cpu, window, from, inputInBlocks, dx, to, outputInBlocks, dy.region(), capacity)
                        : new InputGradient(
                                cpu,
                                window,
                                op.paddingMode(),
                                op.groups(),
                                from,
                                dx,
                                to,
                                dy.region(),
                                Activation.NONE,
                                capacity));
    }

    /** The gradient of the weight, if it is wanted. */
    Optional<WeightSums> weight(boolean inputInBlocks, boolean outputInBlocks) {
        Gradient dy = binding.output().gradient();
        Gradient target = binding.parameters().get(0).gradient();
        if (dy == null || target == null) {
            return Optional.empty();
        }
        return Optional.of(
                inputInBlocks || outputInBlocks
                        ? weightInBlocks(inputInBlocks, outputInBlocks, dy.region())
                        : weightInPlanes(dy.region(), target));
    }

    private boolean isWinogradWeight() {
        return Winograd.weightGradient(cpu.convolutions(), window, op.groups(), from, to, capacity);
    }

    private WeightSums weightInBlocks(boolean inputInBlocks, boolean outputInBlocks, Region dy) {
        Region input = binding.input().value();
        return isWinogradWeight()
                ? new WinogradBlockWeightGradient(
                        cpu, gather, input, from, inputInBlocks, dy, to, outputInBlocks, capacity)
                : new BlockWeightGradient(cpu, gather, input, from, inputInBlocks, dy, to, outputInBlocks, capacity);
    }

    private WeightSums weightInPlanes(Region dy, Gradient target) {
        Region input = binding.input().value();
        if (PlaneWindows.fit(
                cpu.convolutions(), SimdPlanes.MOST_CHANNELS, op.groups(), from.channels(), to.channels())) {
            return new PlaneWeightGradient(cpu, gather, input, from, op.groups(), dy, to, target);
        }
        if (isWinogradWeight()) {
            PatchGrid patches = ConvWays.patches(op, window, from, to);
            return new WinogradWeightGradient(cpu, patches, input, from, dy, to, capacity);
        }
        Optional<WeightSums> few = FewChannels.weightGradient(cpu, gather, op.groups(), input, from, dy, to, capacity);
        if (few.isPresent()) {
            return few.get();
        }
        return new WeightGradient(cpu, gather, input, from, op.groups(), dy, to, capacity);
    }
}
