package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * The transformed weight of a {@link WinogradBlockProduct}: {@code [pairs of output blocks, 36, channels, 32]}, so that what a tile multiplies with lies in the
 * order in which it is read. Outputs that round the last pair up are zeros.
 */
final class WinogradBlockWeight extends BlockForm {
    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;

    private final WinogradSimd simd;

    WinogradBlockWeight(Cpu cpu, int outputs, int channels, WeightSteps steps) {
        super(cpu, outputs, channels, steps, workFloats(cpu));
        this.simd = cpu.simd().winograd();
    }

    /** What making a pair takes to work with. */
    static int workFloats(Cpu cpu) {
        return (AREA + WinogradSimd.PATCH * WinogradSimd.KERNEL)
                * cpu.simd().winograd().kernelGroup();
    }

    @Override
    Object key() {
        return WinogradBlockProduct.class;
    }

    /** From one position of a pair to the next. */
    int positionFloats() {
        return channels * BlockSimd.COLUMNS;
    }

    @Override
    int pairFloats() {
        return WinogradSimd.POSITIONS * positionFloats();
    }

    /** Kernels of one channel side by side: they are the columns. */
    @Override
    void fill(int pair, float[] from, int at, float[] to, int toAt, float[] work, int workAt) {
        int group = simd.kernelGroup();
        for (int channel = 0; channel < channels; channel++) {
            for (int column = 0; column < BlockSimd.COLUMNS; column += group) {
                bring(pair * BlockSimd.COLUMNS + column, channel, group, from, at, work, workAt);
                simd.kernels(work, workAt, to, toAt + channel * BlockSimd.COLUMNS + column, positionFloats());
            }
        }
    }

    private void bring(int firstOutput, int channel, int group, float[] from, int at, float[] work, int workAt) {
        for (int i = 0; i < group; i++) {
            int output = firstOutput + i;
            int first = at + steps.at(output, channel);
            for (int tap = 0; tap < AREA; tap++) {
                work[workAt + tap * group + i] = output < outputs ? from[first + steps.tap(tap)] : 0;
            }
        }
    }
}
