package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.simd.WinogradSimd;

/** When Winograd's minimal filtering serves a convolution, and what it reads. */
final class Winograd {
    /**
     * With fewer channels on either side the transforms cost more than the multiplications they save; and their rounding errors, which
     * do not shrink with the sum, would stand out.
     */
    private static final int FEW_CHANNELS = 24;
    /**
     * The rounding errors of an output are those of its patch: with more padding there are outputs that see little or nothing of the
     * input beside others that see all, and would be drowned by their neighbours' errors.
     */
    private static final int MOST_PADDING = 1;
    /** Transforming a kernel, and writing and reading 36 numbers for 9, costs about as much as so many multiply-adds. */
    private static final int KERNEL_COST = 4000;
    /** Reading 36 numbers for 9, where the transformed kernels are kept and come from memory at every call. */
    private static final int KEPT_KERNEL_COST = 1000;
    /** Bringing and transforming a patch of one channel. */
    private static final int PATCH_COST = 1400;
    /** Transforming and storing the outputs of a patch. */
    private static final int OUTPUT_COST = 900;
    /** What a multiply-add of {@link GatherProduct} costs, bringing included, when one of {@link WinogradProduct} costs 1. */
    private static final double DIRECT = 1.1;
    /** Clearing, adding and transforming the 36 sums that become a kernel's gradient. */
    private static final int SUMS_COST = 1500;
    /** With fewer outputs in a sample the gradient of a weight is a sum of few terms. */
    private static final int FEW_OUTPUTS = 100;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 8;
    /** Rows that pay for transforming the patches once more. */
    private static final int ENOUGH_ROWS = 128;

    /** Floats in a line of the cache. */
    private static final int CACHE_LINE = 16;

    /** In channel blocks: reading 36 numbers for 9, as the others. */
    private static final int BLOCK_KERNEL_COST = 500;
    /** In channel blocks: transforming a kernel for this one call, and that. */
    private static final int BLOCK_MADE_KERNEL_COST = 1500;
    /** In channel blocks: a patch of one channel, of the input or of the output. */
    private static final int BLOCK_PATCH_COST = 600;

    /** So many lanes make panels that small images and batches do not fill. */
    private static final int MANY_LANES = 16;

    private Winograd() {}

    /**
     * Whether the output is to be computed so: it pays, or is asked for and fits.
     *
     * @param way what is asked for
     * @param capacity the largest batch
     */
    static boolean forward(ConvolutionWay way, Window window, int groups, Shape input, Shape output, int capacity) {
        return pays(way, window, groups, input, output, padding(window), capacity, KERNEL_COST, 1);
    }

    /**
     * The same where the transformed weight is kept from call to call.
     *
     * @param lanes of a register; a panel is two of them
     */
    static boolean forwardKept(
            ConvolutionWay way, Window window, int groups, Shape input, Shape output, int capacity, int lanes) {
        int panel = lanes >= MANY_LANES ? 2 * lanes : 1;
        return pays(way, window, groups, input, output, padding(window), capacity, KEPT_KERNEL_COST, panel);
    }

    /**
     * The same where the tensors lie in channel blocks.
     *
     * @param kept whether the transformed weight is kept from call to call
     */
    static boolean forwardInBlocks(
            ConvolutionWay way, Window window, int groups, Shape input, Shape output, int capacity, boolean kept) {
        return paysInBlocks(way, window, groups, input, output, padding(window), capacity, kept);
    }

    /** The same of the input's gradient, in channel blocks. */
    static boolean inputGradientInBlocks(
            ConvolutionWay way, Window window, int groups, Shape input, Shape output, int capacity) {
        return paysInBlocks(way, window, groups, output, input, turnedPadding(window), capacity, false);
    }

    private static boolean paysInBlocks(
            ConvolutionWay way,
            Window window,
            int groups,
            Shape read,
            Shape written,
            int padding,
            int capacity,
            boolean kept) {
        boolean fits = groups == 1
                && fits(window.rows())
                && fits(window.columns())
                && padding <= MOST_PADDING
                && Math.min(read.channels(), written.channels()) >= FEW_CHANNELS;
        if (!fits || way != ConvolutionWay.BY_SHAPE) {
            return fits && way == ConvolutionWay.WINOGRAD;
        }
        double patches = (double) capacity * patches(written.height()) * patches(written.width());
        double kernels = (double) read.channels() * written.channels();
        double direct = WinogradSimd.KERNEL * WinogradSimd.KERNEL * kernels * capacity * written.area();
        double here = WinogradSimd.POSITIONS * kernels * patches
                + (kept ? BLOCK_KERNEL_COST : BLOCK_MADE_KERNEL_COST) * kernels
                + BLOCK_PATCH_COST * patches * (read.channels() + written.channels());
        return here < direct;
    }

    /** The same of the input's gradient, whose padding is that of the turned kernel. */
    static boolean inputGradient(
            ConvolutionWay way, Window window, PaddingMode mode, int groups, Shape input, Shape output, int capacity) {
        return mode == PaddingMode.ZEROS
                && pays(way, window, groups, output, input, turnedPadding(window), capacity, KERNEL_COST, 1);
    }

    /** The same of the weight's gradient, a sum over all outputs, of which there must be many, see {@link #FEW_CHANNELS}. */
    static boolean weightGradient(
            ConvolutionWay way, Window window, int groups, Shape input, Shape output, int capacity) {
        return output.area() >= FEW_OUTPUTS
                && pays(way, window, groups, input, output, padding(window), capacity, SUMS_COST, 1);
    }

    private static boolean pays(
            ConvolutionWay way,
            Window window,
            int groups,
            Shape read,
            Shape written,
            int padding,
            int capacity,
            int kernelCost,
            double panel) {
        boolean fits = groups == 1 && fits(window.rows()) && fits(window.columns()) && padding <= MOST_PADDING;
        if (way == ConvolutionWay.GATHERED || !fits || Math.min(read.channels(), written.channels()) < FEW_CHANNELS) {
            return false;
        }
        if (way == ConvolutionWay.WINOGRAD) {
            return true;
        }
        double patches = (double) capacity * patches(written.height()) * patches(written.width());
        double kernels = (double) read.channels() * written.channels();
        double outputs = (double) capacity * written.area();
        double direct = DIRECT * WinogradSimd.KERNEL * WinogradSimd.KERNEL * kernels * outputs;
        double here = WinogradSimd.POSITIONS * kernels * Math.ceil(patches / panel) * panel
                + kernelCost * kernels
                + PATCH_COST * patches * read.channels()
                + OUTPUT_COST * patches * written.channels();
        return here < direct;
    }

    /** The most padding on any side. */
    private static int padding(Window window) {
        return Math.max(
                Math.max(window.rows().before(), window.rows().after()),
                Math.max(window.columns().before(), window.columns().after()));
    }

    /** The most padding of the output's gradient for the input's: what is left of the kernel's extent. */
    private static int turnedPadding(Window window) {
        int least = Math.min(
                Math.min(window.rows().before(), window.rows().after()),
                Math.min(window.columns().before(), window.columns().after()));
        return WinogradSimd.KERNEL - 1 - least;
    }

    private static boolean fits(Window.Axis axis) {
        return axis.kernel() == WinogradSimd.KERNEL && axis.stride() == 1 && axis.dilation() == 1;
    }

    private static int patches(int outputs) {
        return (outputs + WinogradSimd.OUTPUTS - 1) / WinogradSimd.OUTPUTS;
    }

    /**
     * The patches of a convolution.
     *
     * @param before the padding before the first row
     * @param left the padding before the first column
     */
    static PatchGrid patches(
            int inputHeight,
            int inputWidth,
            int outputHeight,
            int outputWidth,
            int before,
            int left,
            PaddingMode mode) {
        return new PatchGrid(
                new PatchAxis(inputHeight, outputHeight, before, mode),
                new PatchAxis(inputWidth, outputWidth, left, mode));
    }

    /**
     * From one position to the next where so many floats belong to each: a cache line further than needed, since at a distance that is a
     * power of two all positions would fall into the same few lines of the cache.
     */
    static int positionStride(long floats) {
        return Math.toIntExact(floats + CACHE_LINE);
    }

    /** Into how many parts the rows of the product are cut, so that there are tiles enough. */
    static int rowShares(int rows, int tiles) {
        int wanted = (ENOUGH_TILES + tiles - 1) / tiles;
        return Math.max(1, Math.min(wanted, rows / ENOUGH_ROWS));
    }
}
