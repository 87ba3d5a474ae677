package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * The transformed 4×4 patches of an output's gradient, channels side by side: {@code [panels of channels, 36, patches, width]}. Behind
 * them is room for one panel before it is transformed.
 */
final class WinogradGradientPatches {
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private final WinogradSimd winograd;
    private final Region gradient;
    private final int channels;
    private final int height;
    private final int planeWidth;
    private final int width;
    private final int panels;
    private final int patches;
    private final int positionStride;
    private final boolean sticksOut;

    /**
     * Of a tensor of this shape.
     *
     * @param patches the most patches of a tile
     */
    WinogradGradientPatches(Simd simd, Region gradient, Shape shape, int patches) {
        this.winograd = simd.winograd();
        this.gradient = gradient;
        this.channels = shape.channels();
        this.height = shape.height();
        this.planeWidth = shape.width();
        this.width = simd.matrix().columns();
        this.panels = (channels + width - 1) / width;
        this.patches = patches;
        this.positionStride = Winograd.positionStride((long) patches * width);
        this.sticksOut = height % OUTPUTS > 0 || planeWidth % OUTPUTS > 0 || channels % width > 0;
    }

    /** Floats that {@link #bring} writes to. */
    long size() {
        long plain = (long) OUTPUTS * OUTPUTS * patches * width;
        return (long) panels * WinogradSimd.POSITIONS * positionStride + plain;
    }

    /** Where the patches of a position and a panel of channels begin. */
    int at(int position, int panel) {
        return (panel * WinogradSimd.POSITIONS + position) * positionStride;
    }

    /** Brings and transforms all channels of a tile. */
    void bring(PatchTile tile, float[] work, int at) {
        int plainAt = at + at(0, panels);
        int plain = patches * width;
        for (int panel = 0; panel < panels; panel++) {
            if (sticksOut) {
                Arrays.fill(work, plainAt, plainAt + OUTPUTS * OUTPUTS * plain, 0f);
            }
            int column = 0;
            for (int run = 0; run < tile.runs(); run++) {
                bringRun(tile, run, panel, work, plainAt + column * width, plain);
                column += tile.length(run);
            }
            winograd.outputGradients(work, plainAt, plain, work, at + at(0, panel), positionStride);
        }
    }

    /** Turns a run of patches around: element (i, j) of each patch goes {@code (4·i + j)·plain} further, its channels side by side. */
    private void bringRun(PatchTile tile, int run, int panel, float[] work, int at, int plain) {
        float[] source = CpuMemory.values(gradient);
        int area = height * planeWidth;
        int first = panel * width;
        int count = Math.min(width, channels - first);
        int top = OUTPUTS * tile.row(run);
        int left = OUTPUTS * tile.first(run);
        int rows = Math.min(OUTPUTS, height - top);
        int length = Math.min(OUTPUTS * tile.length(run), planeWidth - left);
        for (int y = 0; y < rows; y++) {
            int from = (int) gradient.at(tile.sample(run)) + first * area + (top + y) * planeWidth + left;
            int to = at + y * OUTPUTS * plain;
            int x = 0;
            for (; x <= length - OUTPUTS; x += OUTPUTS) {
                turn(source, from + x, area, count, work, to + x / OUTPUTS * width, plain);
            }
            for (int patchAt = to + x / OUTPUTS * width; x < length; x++) {
                for (int channel = 0; channel < count; channel++) {
                    work[patchAt + x % OUTPUTS * plain + channel] = source[from + x + channel * area];
                }
            }
        }
    }

    private static void turn(float[] source, int from, int area, int count, float[] work, int to, int plain) {
        int at = from;
        for (int channel = to; channel < to + count; channel++) {
            work[channel] = source[at];
            work[channel + plain] = source[at + 1];
            work[channel + 2 * plain] = source[at + 2];
            work[channel + 3 * plain] = source[at + 3];
            at += area;
        }
    }
}
