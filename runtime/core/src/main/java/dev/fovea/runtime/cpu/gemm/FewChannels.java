package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import java.util.Optional;

/** Convolutions of few channels and step 1, for which bringing an image into panels, as {@link GatherProduct} does, is too much of the work. */
final class FewChannels {
    /** Copying a panel of the image costs about as much as multiplying it with so many rows. */
    private static final int COPY_ROWS = 10;
    /** The same where registers have 16 lanes, with which multiplying takes half as long, and copying more than half. */
    private static final int COPY_ROWS_OF_16 = 14;

    private static final int LONG_REGISTER = 16;

    /** With so many output channels the gradient of a weight has registers full of them, see {@link PanelSums}. */
    private static final int FULL_PANELS = 24;
    /** What a multiply-add of the gradient of a weight costs in panels that are not full, measured in those at the peak. */
    private static final double SMALL_PANELS = 4;

    private FewChannels() {}

    /**
     * The quickest product, if one is quicker than panels.
     *
     * @param input what the gather reads
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param formed whether the weight always comes in its form
     * @param commonBefore floats at the beginning of the common workspace that are in use while this runs
     */
    static Optional<Product> product(
            Cpu cpu,
            Gather gather,
            int groups,
            Region input,
            Shape inputShape,
            int rows,
            GatherTarget target,
            Finish finish,
            int capacity,
            boolean formed,
            long commonBefore) {
        if (cpu.convolutions() != ConvolutionWay.BY_SHAPE || groups > 1 || !isPlain(gather, target)) {
            return Optional.empty();
        }
        Simd simd = cpu.simd();
        int channels = inputShape.channels();
        double inRows = RowProduct.cost(simd, gather, channels, rows);
        double spread = SpreadProduct.cost(simd, gather, channels, rows);
        int copy = simd.lanes() < LONG_REGISTER ? COPY_ROWS : COPY_ROWS_OF_16;
        if (Math.min(inRows, spread)
                >= (double) (rows + copy) * gather.columns().outputs()) {
            return Optional.empty();
        }
        return Optional.of(
                inRows <= spread
                        ? new RowProduct(
                                cpu, gather, input, inputShape, rows, target, finish, capacity, formed, commonBefore)
                        : new SpreadProduct(
                                cpu, gather, input, inputShape, rows, target, finish, capacity, formed, commonBefore));
    }

    private static boolean isPlain(Gather gather, GatherTarget target) {
        return gather.rows().isPaddedWithZeros()
                && gather.columns().isPaddedWithZeros()
                && gather.taps() > 1
                && target.rowStep() == 1
                && target.columnStep() == 1
                && !target.accumulate();
    }

    /**
     * The gradient of a weight row by row where that can be done, or spread where that is quicker than rows and panels.
     *
     * @param input what the forward gather read
     * @param outputShape of the gradient {@code outputGradient}
     * @param capacity the largest batch
     */
    static Optional<WeightSums> weightGradient(
            Cpu cpu,
            Gather gather,
            int groups,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        int inputs = inputShape.channels();
        int outputs = outputShape.channels();
        boolean plain = groups == 1
                && gather.rows().isPaddedWithZeros()
                && gather.columns().isPaddedWithZeros();
        if (cpu.convolutions() != ConvolutionWay.BY_SHAPE || !plain || outputs >= FULL_PANELS) {
            return Optional.empty();
        }
        double inRows = RowWeightGradient.cost(cpu.simd(), gather, inputs);
        double ofOutput = SpreadWeightGradient.cost(cpu.simd(), gather, inputs, outputs);
        Gather readers = gather.readers();
        double ofInput =
                SpreadWeightGradient.cost(cpu.simd(), readers, outputs, inputs) * readers.area() / gather.area();
        double spread = Math.min(ofOutput, ofInput);
        if (spread < Math.min(inRows, SMALL_PANELS)) {
            return Optional.of(
                    ofOutput <= ofInput
                            ? SpreadWeightGradient.ofOutput(
                                    cpu, gather, input, inputShape, outputGradient, outputShape, capacity)
                            : SpreadWeightGradient.ofInput(
                                    cpu, gather, input, inputShape, outputGradient, outputShape, capacity));
        }
        return Double.isInfinite(inRows)
                ? Optional.empty()
                : Optional.of(
                        new RowWeightGradient(cpu, gather, input, inputShape, outputGradient, outputShape, capacity));
    }
}
