package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Optional;

/** The ways a convolution may go forward, and which of them its shapes make the quickest. */
final class ConvWays {
    private final Binding binding;
    private final Cpu cpu;
    private final Conv op;
    private final Window window;
    private final Gather gather;
    private final Finish finish;
    private final Region output;

    ConvWays(Binding binding, Cpu cpu, Conv op, Window window, Gather gather, Finish finish) {
        this.binding = binding;
        this.cpu = cpu;
        this.op = op;
        this.window = window;
        this.gather = gather;
        this.finish = finish;
        this.output = binding.output().value();
    }

    /**
     * The product of tensors of which one lies in channel blocks at least, or both.
     *
     * @param infers whether the weight is kept in the form in which it is multiplied
     * @param inputInBlocks how the input lies
     * @param outputInBlocks how the output, and what is added to it, lies
     */
    Product inBlocks(boolean infers, boolean inputInBlocks, boolean outputInBlocks) {
        BlockLayer layer = new BlockLayer(
                cpu,
                cpu.simd().blocks().orElseThrow(),
                gather,
                binding.input().value(),
                binding.input().shape(),
                inputInBlocks,
                GatherTarget.whole(output, false, binding.output().shape()),
                binding.output().shape(),
                outputInBlocks,
                WeightSteps.forward(binding.input().shape().channels(), gather.taps()),
                infers,
                finish,
                binding.capacity());
        return isWinogradInBlocks(infers) ? new WinogradBlockProduct(layer) : new BlockProduct(layer);
    }

    /** Whether there are loops for blocks, and rows short enough. */
    boolean fitInBlocks(boolean infers) {
        return cpu.simd().blocks().isPresent()
                && BlockGain.fits(gather, binding.input().shape().channels(), isWinogradInBlocks(infers));
    }

    private boolean isWinogradInBlocks(boolean infers) {
        return Winograd.forwardInBlocks(
                cpu.convolutions(),
                window,
                op.groups(),
                binding.input().shape(),
                binding.output().shape(),
                binding.capacity(),
                infers);
    }

    private boolean isWinograd(boolean infers) {
        Shape from = binding.input().shape();
        Shape to = binding.output().shape();
        int capacity = binding.capacity();
        return infers
                ? Winograd.forwardKept(
                        cpu.convolutions(),
                        window,
                        op.groups(),
                        from,
                        to,
                        capacity,
                        cpu.simd().matrix().lanes())
                : Winograd.forward(cpu.convolutions(), window, op.groups(), from, to, capacity);
    }

    /**
     * The product of planar tensors.
     *
     * @param infers whether the weight is kept in the form in which it is multiplied
     */
    Product inPlanes(boolean infers) {
        Region input = binding.input().value();
        Shape from = binding.input().shape();
        Shape to = binding.output().shape();
        GatherTarget target = GatherTarget.whole(output, false, to);
        int capacity = binding.capacity();
        if (isWinograd(infers)) {
            PatchGrid patches = patches(op, window, from, to);
            return new WinogradProduct(cpu, patches, input, from, op.channels(), target, finish, capacity, !infers, 0);
        }
        int rows = op.channels() / op.groups();
        if (PlaneWindows.fit(cpu, op.groups(), from.channels(), to.channels())) {
            int[][] taps = PlaneProduct.onePhase(gather);
            return new PlaneProduct(cpu, gather, taps, input, from, op.groups(), rows, target, finish);
        }
        Optional<Product> few =
                FewChannels.product(cpu, gather, op.groups(), input, from, rows, target, finish, capacity, infers, 0);
        if (few.isPresent()) {
            return few.get();
        }
        MatrixSimd simd = cpu.simd().matrix();
        if (PixelProduct.pays(cpu.convolutions(), simd, gather, op.groups(), rows, capacity, infers)) {
            return new PixelProduct(cpu, gather, input, from, rows, output, finish, capacity, infers);
        }
        return new GatherProduct(
                cpu,
                gather,
                input,
                from,
                op.groups(),
                rows,
                target,
                finish,
                capacity,
                infers ? WeightOrder.KEPT : WeightOrder.ROWS);
    }

    /** What is gained forward where one of the tensors lies in channel blocks or both do, in multiply-adds at the peak. */
    double gainInBlocks(boolean infers, boolean inputInBlocks, boolean outputInBlocks) {
        BlockSimd blocks = cpu.simd().blocks().orElseThrow();
        double gain = BlockGain.of(
                BlockGain.sums(binding, op),
                binding.input().shape().channels(),
                binding.output().shape(),
                blocks,
                isWinograd(infers),
                isWinogradInBlocks(infers));
        return gain
                - (inputInBlocks ? 0 : BlockGain.turning(binding.input(), binding.capacity()))
                - (outputInBlocks ? 0 : BlockGain.turning(binding.output(), binding.capacity()));
    }

    /** What Winograd's convolution reads. */
    static PatchGrid patches(Conv op, Window window, Shape from, Shape to) {
        return Winograd.patches(
                from.height(),
                from.width(),
                to.height(),
                to.width(),
                window.rows().before(),
                window.columns().before(),
                op.paddingMode());
    }
}
