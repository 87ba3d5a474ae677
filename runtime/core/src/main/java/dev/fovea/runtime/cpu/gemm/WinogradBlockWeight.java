package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * The transformed weight of a {@link WinogradBlockProduct}: {@code [pairs of output blocks, 36, channels, 32]}, with a line of the cache between positions, so that what a tile multiplies with lies in the
 * order in which it is read. Outputs that round the last pair up are zeros.
 */
final class WinogradBlockWeight extends BlockForm {
    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;

    private static final int COLUMNS = BlockSimd.COLUMNS;
    /** A kernel with what its transform has to work with, {@link WinogradSimd#kernels}. */
    private static final int ROOM = AREA + WinogradSimd.PATCH * WinogradSimd.KERNEL;
    /** Channels brought at a time. */
    private static final int TOGETHER = 8;
    /** The most channels of a piece: 590 kB, and as much again for each 32 patches. */
    private static final int PIECE = 128;

    private final WinogradSimd simd;

    WinogradBlockWeight(Cpu cpu, int outputs, int channels, WeightSteps steps) {
        super(cpu, outputs, channels, steps, workFloats(cpu));
        this.simd = cpu.simd().winograd();
    }

    /** What making a pair takes to work with. */
    static int workFloats(Cpu cpu) {
        return TOGETHER * ROOM * cpu.simd().winograd().kernelGroup();
    }

    @Override
    Object key() {
        return WinogradBlockProduct.class;
    }

    /** From one position of so many channels of a pair to the next. */
    static int positionFloats(int count) {
        return Winograd.positionStride((long) count * COLUMNS);
    }

    @Override
    int floats(int count) {
        return WinogradSimd.POSITIONS * positionFloats(count);
    }

    @Override
    int piece() {
        int pieces = (channels + PIECE - 1) / PIECE;
        return (channels + pieces - 1) / pieces;
    }

    /** Kernels of one channel side by side: they are the columns. */
    @Override
    void fill(int pair, int first, int end, float[] from, int at, float[] to, int toAt, float[] work, int workAt) {
        int group = simd.kernelGroup();
        int position = positionFloats(end - first);
        for (int channel = first; channel < end; channel += TOGETHER) {
            int count = Math.min(TOGETHER, end - channel);
            for (int column = 0; column < COLUMNS; column += group) {
                bring(pair * COLUMNS + column, channel, count, from, at, work, workAt);
                for (int i = 0; i < count; i++) {
                    int target = toAt + (channel - first + i) * COLUMNS + column;
                    simd.kernels(work, workAt + i * ROOM * group, to, target, position);
                }
            }
        }
    }

    /** Brings the kernels of some channels and a group of outputs, in about the order in which they lie in the weight, so that each line of it is read once. */
    private void bring(int firstOutput, int channel, int count, float[] from, int at, float[] work, int workAt) {
        int group = simd.kernelGroup();
        int kernels = Math.max(0, Math.min(group, outputs - firstOutput));
        if (kernels < group) {
            Arrays.fill(work, workAt, workAt + count * ROOM * group, 0f);
        }
        boolean rows = outputsLieTogether();
        for (int i = 0; i < kernels && !rows; i++) {
            for (int j = 0; j < count; j++) {
                int first = at + steps.at(firstOutput + i, channel + j);
                kernel(from, first, work, workAt + j * ROOM * group + i, group);
            }
        }
        for (int j = 0; j < count && rows; j++) {
            int first = at + steps.at(firstOutput, channel + j);
            for (int tap = 0; tap < AREA; tap++) {
                int to = workAt + (j * ROOM + tap) * group;
                row(from, first + steps.tap(tap), steps.outputStep(), kernels, work, to);
            }
        }
    }

    private void kernel(float[] from, int at, float[] to, int toAt, int step) {
        for (int tap = 0; tap < AREA; tap++) {
            to[toAt + tap * step] = from[at + steps.tap(tap)];
        }
    }
}
