package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;

/**
 * Sums {@code [K, M]} with the output's channels side by side in registers: for layers with many of them. The output's
 * gradient is turned around, {@code [columns, M]} in panels, once a tile.
 */
final class PanelSums implements GradientSums {
    /** Enough rows to pay for turning the output's gradient around for each block of them. */
    private static final int BLOCK = 576;
    /** Rows multiplied with all panels before the next, so that they stay in the second-level cache. */
    private static final int NEAR_ROWS = 96;
    /** Floats: a quarter of the distance at which lines of the first-level cache share a place. */
    private static final int ROW_GAP = 256;
    /** Rows stored at a time: so many cache lines are read again for each channel. */
    private static final int SHARE = 64;

    private final MatrixSimd simd;
    private final int channels;
    private final int depth;
    private final int panels;
    private final int width;
    private final int sumStride;
    private final int[] packedRows;

    PanelSums(MatrixSimd simd, int channels, int depth, int stride) {
        this.simd = simd;
        this.channels = channels;
        this.depth = depth;
        this.width = simd.columns();
        this.panels = (channels + width - 1) / width;
        // At distances of a power of two the rows of a column would share a few lines of the caches.
        this.sumStride = panels * width % ROW_GAP == 0 ? panels * width + width : panels * width;
        this.packedRows = RowGroups.offsets(Math.min(BLOCK, depth), stride);
    }

    @Override
    public int blockDepth() {
        return BLOCK;
    }

    @Override
    public long gradientSize(int stride) {
        return (long) panels * width * stride;
    }

    @Override
    public long size() {
        return (long) depth * sumStride;
    }

    @Override
    public void bring(
            float[] source, int from, int length, int channel, float[] work, int gradientAt, int column, int stride) {
        int panel = channel / width;
        int to = gradientAt + (panel * stride + column) * width + channel % width;
        for (int i = from; i < from + length; i++) {
            work[to] = source[i];
            to += width;
        }
    }

    @Override
    public void clear(int first, int end, float[] sums, int sumsAt) {
        Arrays.fill(sums, sumsAt + first * sumStride, sumsAt + end * sumStride, 0f);
    }

    @Override
    public void add(
            float[] work,
            int packedAt,
            int gradientAt,
            int columns,
            int stride,
            int first,
            int end,
            float[] sums,
            int sumsAt) {
        for (int from = 0; from < end - first; from += NEAR_ROWS) {
            int last = Math.min(end - first, from + NEAR_ROWS);
            for (int panel = 0; panel < panels; panel++) {
                int panelAt = gradientAt + panel * stride * width;
                int used = Math.min(width, channels - panel * width);
                int to = sumsAt + first * sumStride + panel * width;
                for (int row = from; row < last; ) {
                    int count = RowGroups.next(simd, last - row);
                    int at = to + row * sumStride;
                    simd.multiplyUsed(
                            count, used, work, packedAt, packedRows, row, work, panelAt, columns, sums, at, sumStride);
                    row += count;
                }
            }
        }
    }

    @Override
    public int shares() {
        return (depth + SHARE - 1) / SHARE;
    }

    @Override
    public int shareAt(int share) {
        return Math.min(depth, share * SHARE) * sumStride;
    }

    @Override
    public void store(int share, float[] sums, int sumsAt, float[] gradient, int gradientAt, boolean accumulate) {
        int first = share * SHARE;
        int count = Math.min(SHARE, depth - first);
        for (int channel = 0; channel < channels; channel++) {
            int from = sumsAt + first * sumStride + channel;
            int to = gradientAt + channel * depth + first;
            if (accumulate) {
                for (int i = 0; i < count; i++) {
                    gradient[to + i] += sums[from + i * sumStride];
                }
            } else {
                for (int i = 0; i < count; i++) {
                    gradient[to + i] = sums[from + i * sumStride];
                }
            }
        }
    }
}
