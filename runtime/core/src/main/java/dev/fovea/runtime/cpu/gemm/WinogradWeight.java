package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * The transformed weight of a {@link WinogradProduct}: {@code [36, blocks, M, channels of a block]}, so that what a tile multiplies with
 * at a time lies together; the last block's rows are as long as the others'.
 */
final class WinogradWeight {
    /** Rows in a tile of work. */
    private static final int ROWS = 4;

    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;

    private final Cpu cpu;
    private final WinogradSimd simd;
    private final int rows;
    private final int channels;
    private final int stride;
    private final int positionStride;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private float[] weight = {};
    private int weightAt;
    private float[] target = {};
    private int targetAt;

    /**
     * To be filled.
     *
     * @param rows M, outputs
     * @param channels C, inputs
     * @param blockChannels of them in a block, a multiple of {@link WinogradSimd#kernelGroup}
     */
    WinogradWeight(Cpu cpu, int rows, int channels, int blockChannels) {
        this.cpu = cpu;
        this.simd = cpu.simd().winograd();
        this.rows = rows;
        this.channels = channels;
        this.stride = blockChannels;
        int blocks = (channels + blockChannels - 1) / blockChannels;
        int group = simd.kernelGroup();
        this.positionStride = Winograd.positionStride((long) blocks * rows * stride);
        this.scratch = cpu.scratch((long) (AREA + WinogradSimd.PATCH * WinogradSimd.KERNEL) * group);
    }

    /** Its length. */
    long floats() {
        return (long) WinogradSimd.POSITIONS * positionStride;
    }

    /** Transforms {@code [M, C, 3, 3]}. */
    void fill(float[] from, int at, float[] to, int toAt) {
        weight = from;
        weightAt = at;
        target = to;
        targetAt = toAt;
        cpu.workers().run((rows + ROWS - 1) / ROWS, tiles);
    }

    /** Where the rows of a position's block begin. */
    int at(int position, int block) {
        return position * positionStride + block * rows * stride;
    }

    /** From one row to the next. */
    int stride() {
        return stride;
    }

    private void tile(int tile, int worker) {
        float[] work = scratch.of(worker);
        int group = simd.kernelGroup();
        int end = Math.min(rows, (tile + 1) * ROWS);
        for (int row = tile * ROWS; row < end; row++) {
            for (int channel = 0; channel < channels; channel += group) {
                int count = Math.min(group, channels - channel);
                int from = weightAt + (row * channels + channel) * AREA;
                for (int i = 0; i < count; i++) {
                    for (int tap = 0; tap < AREA; tap++) {
                        work[tap * group + i] = weight[from + i * AREA + tap];
                    }
                }
                int to = targetAt + at(0, channel / stride) + row * stride + channel % stride;
                simd.kernels(work, 0, target, to, positionStride);
            }
        }
    }
}
