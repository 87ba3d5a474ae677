package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;

/**
 * What a convolution gains in channel blocks over the way that it goes in planes, from shares of the peak as measured with AVX-512 (the benchmark page
 * has the layers).
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

    private static final int LARGE = 28 * 28;
    private static final int SMALL = 10 * 10;
    private static final int MANY_CHANNELS = 128;
    private static final int FEW_CHANNELS = 48;

    private BlockGain() {}

    /**
     * In multiply-adds at the peak; negative where blocks lose.
     *
     * @param winograd whether it goes that way in planes
     * @param winogradInBlocks and in blocks
     */
    static double of(Binding binding, Conv op, boolean winograd, boolean winogradInBlocks) {
        Shape to = binding.output().shape();
        double sums = (double) binding.capacity() * op.def().macs(op, binding.inputShapes(), to);
        double planar = winograd ? winograd(binding.input().shape().channels(), to) : GATHERED;
        return sums * (1 / planar - 1 / (winogradInBlocks ? WINOGRAD_BLOCKS : BLOCKS));
    }

    private static double winograd(int channels, Shape to) {
        int fewer = Math.min(channels, to.channels());
        if (to.area() < SMALL || fewer < FEW_CHANNELS) {
            return WINOGRAD_SMALL;
        }
        return to.area() >= LARGE && fewer >= MANY_CHANNELS ? WINOGRAD_LARGE : WINOGRAD;
    }
}
