package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import org.jspecify.annotations.Nullable;

/** Stores the sums of a {@link BlockProduct}'s tiles, finished, in channel blocks or in planes. */
final class BlockStore {
    private static final int SIZE = BlockSimd.SIZE;

    private final Simd simd;
    private final Region output;
    private final Shape shape;
    private final boolean planar;
    private final Finish finish;

    BlockStore(Simd simd, Region output, Shape shape, boolean planar, Finish finish) {
        this.simd = simd;
        this.output = output;
        this.shape = shape;
        this.planar = planar;
        this.finish = finish;
    }

    /**
     * Stores rows of a block of a sample.
     *
     * @param work {@code [rows, width, 16]} from {@code sumsAt} on, of which the first pixels of a row count; and, from {@code spareAt} on, room for a row of
     *     pixels
     */
    void store(float[] work, int sumsAt, int width, int sample, int block, int firstRow, int rows, int spareAt) {
        if (planar) {
            storePlanes(work, sumsAt, width, sample, block, firstRow, rows, spareAt);
            return;
        }
        int place = (block * shape.height() + firstRow) * shape.width() * SIZE;
        int length = shape.width() * SIZE;
        if (width == shape.width()) {
            store(work, sumsAt, sample, place, rows * length);
            return;
        }
        for (int row = 0; row < rows; row++) {
            store(work, sumsAt + row * width * SIZE, sample, place + row * length, length);
        }
    }

    private void storePlanes(
            float[] work, int sumsAt, int width, int sample, int block, int firstRow, int rows, int spareAt) {
        int channels = Math.min(SIZE, shape.channels() - block * SIZE);
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < rows; row++) {
                int from = sumsAt + row * width * SIZE + channel;
                for (int i = 0; i < shape.width(); i++) {
                    work[spareAt + i] = work[from + i * SIZE];
                }
                int place = ((block * SIZE + channel) * shape.height() + firstRow + row) * shape.width();
                store(work, spareAt, sample, place, shape.width());
            }
        }
    }

    private void store(float[] work, int from, int sample, int place, int length) {
        float[] target = CpuMemory.values(output);
        int to = (int) output.at(sample) + place;
        @Nullable Region residual = finish.residual();
        if (residual == null) {
            finish.activation().apply(work, from, target, to, length);
        } else {
            int added = (int) residual.at(sample) + place;
            finish.activation().applyToSum(simd, CpuMemory.values(residual), added, work, from, target, to, length);
        }
    }
}
