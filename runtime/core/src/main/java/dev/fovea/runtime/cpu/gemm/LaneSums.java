package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Sums {@code [M, K, lanes]}: each register holds the sums over every so-many-th output, which are added up at the end. For
 * layers with few output channels or few terms: nothing is turned around and no lane is idle.
 */
final class LaneSums implements GradientSums {
    private static final int BLOCK = 288;

    private final Simd loops;
    private final MatrixSimd simd;
    private final int lanes;
    private final int channels;
    private final int depth;
    private final int[] packedRows;
    private final int[] gradientRows;

    LaneSums(Simd loops, int channels, int depth, int stride) {
        this.loops = loops;
        this.simd = loops.matrix();
        this.lanes = simd.lanes();
        this.channels = channels;
        this.depth = depth;
        this.packedRows = RowGroups.offsets(Math.min(BLOCK, depth), stride);
        this.gradientRows = RowGroups.offsets(channels, stride);
    }

    @Override
    public int blockDepth() {
        return BLOCK;
    }

    @Override
    public long gradientSize(int stride) {
        return (long) channels * stride;
    }

    @Override
    public long size() {
        return (long) channels * depth * lanes;
    }

    @Override
    public void bring(
            float[] source, int from, int length, int channel, float[] work, int gradientAt, int column, int stride) {
        System.arraycopy(source, from, work, gradientAt + channel * stride + column, length);
    }

    @Override
    public void clear(int first, int end, float[] sums, int sumsAt) {
        for (int channel = 0; channel < channels; channel++) {
            int at = sumsAt + channel * depth * lanes;
            Arrays.fill(sums, at + first * lanes, at + end * lanes, 0f);
        }
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
        int length = (columns + lanes - 1) / lanes * lanes;
        clearTails(work, packedAt, end - first, columns, length, stride);
        clearTails(work, gradientAt, channels, columns, length, stride);
        for (int channel = 0; channel < channels; channel += simd.laneTileRows()) {
            int rows = Math.min(simd.laneTileRows(), channels - channel);
            int to = sumsAt + (channel * depth + first) * lanes;
            for (int k = 0; k < end - first; k += simd.laneTileColumns()) {
                simd.addLaneProducts(
                        rows,
                        Math.min(simd.laneTileColumns(), end - first - k),
                        work,
                        gradientAt,
                        gradientRows,
                        channel,
                        work,
                        packedAt,
                        packedRows,
                        k,
                        length,
                        sums,
                        to + k * lanes,
                        depth * lanes);
            }
        }
    }

    private static void clearTails(float[] work, int at, int rows, int columns, int length, int stride) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(work, at + row * stride + columns, at + row * stride + length, 0f);
        }
    }

    @Override
    public int shares() {
        return channels;
    }

    @Override
    public int shareAt(int share) {
        return share * depth * lanes;
    }

    @Override
    public void store(int share, float[] sums, int sumsAt, float[] gradient, int gradientAt, boolean accumulate) {
        int from = sumsAt + share * depth * lanes;
        int to = gradientAt + share * depth;
        for (int k = 0; k < depth; k++) {
            float before = accumulate ? gradient[to + k] : 0f;
            gradient[to + k] = before + loops.sum(sums, from + k * lanes, lanes);
        }
    }
}
