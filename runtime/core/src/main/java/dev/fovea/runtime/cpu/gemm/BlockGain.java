package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * What a convolution gains in channel blocks over the way that it goes in planes, from shares of the peak as measured with AVX-512 (decision 27; the benchmark
 * page has the layers).
 */
final class BlockGain {
    private static final double BLOCKS = 0.87;
    private static final double WINOGRAD_BLOCKS = 2;
    private static final double GATHERED = 0.6;
    /** Multiply-adds of the direct sum that Winograd does in the time of one at the peak, where it has much to do. */
    private static final double WINOGRAD = 1.05;
    /** The same of large images with many channels. */
    private static final double WINOGRAD_LARGE = 1.35;
    /** The same where it has little: small images or few channels. */
    private static final double WINOGRAD_SMALL = 0.85;

    /** The weight's gradient, by patches in planes and in blocks, and the direct sum in blocks. */
    private static final double WINOGRAD_WEIGHT = 0.95;

    private static final double WINOGRAD_WEIGHT_BLOCKS = 1.4;
    private static final double WEIGHT_BLOCKS = 0.7;

    /** Multiply-adds at the peak in the time that an element takes to be turned around. */
    private static final int TURNING = 150;

    /** Four times what tiles in blocks read of an image where they can choose. */
    private static final long MOST_ROW_FLOATS = 3 << 18;

    private static final int LARGE = 28 * 28;
    private static final int SMALL = 10 * 10;
    private static final int MANY_CHANNELS = 128;
    private static final int FEW_CHANNELS = 48;

    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private BlockGain() {}

    /**
     * Whether what a row of outputs reads, prepared or transformed, of all channels, stays in the caches: tiles are not cut along it.
     *
     * @param channels that are read
     */
    static boolean fits(Gather gather, int channels, boolean winogradInBlocks) {
        int width = gather.columns().outputs();
        long floats = winogradInBlocks
                ? (long) WinogradSimd.POSITIONS * channels * width / OUTPUTS
                : BlockImage.floats(gather, width, channels, 1);
        return floats <= MOST_ROW_FLOATS;
    }

    /**
     * Of a product forward or of the input's gradient, in multiply-adds at the peak; negative where blocks lose.
     *
     * @param sums multiply-adds of the direct sum
     * @param read channels that are read
     * @param to what is written
     * @param winograd whether it goes that way in planes
     * @param winogradInBlocks and in blocks
     */
    static double of(double sums, int read, Shape to, BlockSimd simd, boolean winograd, boolean winogradInBlocks) {
        double planar = winograd ? winograd(read, to) : GATHERED;
        double blocks = full(to.channels(), BlockSimd.COLUMNS)
                * (winogradInBlocks
                        ? WINOGRAD_BLOCKS * full(to.height(), OUTPUTS) * full(to.width(), OUTPUTS)
                        : BLOCKS * to.width() / simd.padded(to.width()));
        return sums * (1 / planar - 1 / blocks);
    }

    /** The same of the weight's gradient. */
    static double ofWeight(double sums, Shape to, boolean winograd) {
        double blocks = full(to.channels(), BlockSimd.COLUMNS)
                * (winograd
                        ? WINOGRAD_WEIGHT_BLOCKS * full(to.height(), OUTPUTS) * full(to.width(), OUTPUTS)
                        : WEIGHT_BLOCKS);
        return sums * (1 / (winograd ? WINOGRAD_WEIGHT : GATHERED) - 1 / blocks);
    }

    /** Multiply-adds of a convolution of a whole batch. */
    static double sums(Binding binding, Conv op) {
        return (double) binding.capacity()
                * op.def().macs(op, binding.inputShapes(), binding.output().shape());
    }

    /** What it costs that a tensor lies in planes beside one in blocks; nothing where both orders are the same. */
    static double turning(Operand tensor, int capacity) {
        return tensor.shape().area() == 1
                ? 0
                : (double) TURNING * capacity * tensor.shape().size();
    }

    /** The share of what is computed that counts, where it is computed so many at a time. */
    private static double full(int count, int size) {
        int whole = (count + size - 1) / size * size;
        return (double) count / whole;
    }

    private static double winograd(int channels, Shape to) {
        int fewer = Math.min(channels, to.channels());
        if (to.area() < SMALL || fewer < FEW_CHANNELS) {
            return WINOGRAD_SMALL;
        }
        return to.area() >= LARGE && fewer >= MANY_CHANNELS ? WINOGRAD_LARGE : WINOGRAD;
    }
}
