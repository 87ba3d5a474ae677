package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import org.jspecify.annotations.Nullable;

/**
 * Stores the sums of a {@link BlockProduct}'s tiles, finished, in channel blocks or in planes: as a whole tensor, or in every n-th row and column of one, which is
 * what a phase of a strided convolution's input gradient is.
 */
final class BlockStore {
    private static final int SIZE = BlockSimd.SIZE;

    private final Simd simd;
    private final GatherTarget target;
    private final Region output;
    private final Shape shape;
    private final boolean planar;
    private final Finish finish;
    private final @Nullable Region added;

    /**
     * Of sums of this shape.
     *
     * @param target where they go; to what is there already nothing else is done where they do not fill it
     */
    BlockStore(Simd simd, GatherTarget target, Shape shape, boolean planar, Finish finish) {
        this.simd = simd;
        this.target = target;
        this.output = target.region();
        this.shape = shape;
        this.planar = planar;
        this.finish = finish;
        this.added = target.accumulate() ? output : finish.residual();
        if (!target.isWhole() && !finish.isNothing()) {
            throw new IllegalArgumentException("only whole tensors are finished");
        }
    }

    /**
     * Stores rows of a block of a sample.
     *
     * @param work {@code [rows, width, 16]} from {@code sumsAt} on, of which the first pixels of a row count; and, from {@code spareAt} on, room for a row of
     *     pixels
     */
    void store(float[] work, int sumsAt, int width, int sample, int block, int firstRow, int rows, int spareAt) {
        if (!target.isWhole()) {
            spread(work, sumsAt, width, sample, block, firstRow, rows);
            return;
        }
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
        float[] values = CpuMemory.values(output);
        int to = (int) output.at(sample) + place;
        if (added == null) {
            finish.activation().apply(work, from, values, to, length);
        } else {
            int addedAt = (int) added.at(sample) + place;
            finish.activation().applyToSum(simd, CpuMemory.values(added), addedAt, work, from, values, to, length);
        }
    }

    /** Pixel by pixel, to places that lie apart. */
    private void spread(float[] work, int sumsAt, int width, int sample, int block, int firstRow, int rows) {
        float[] values = CpuMemory.values(output);
        int sampleAt = (int) output.at(sample);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < shape.width(); i++) {
                int from = sumsAt + (row * width + i) * SIZE;
                int pixel = target.at(firstRow + row, i);
                if (planar) {
                    spreadChannels(work, from, values, sampleAt + pixel, block);
                } else if (target.accumulate()) {
                    simd.add(work, from, values, sampleAt + (block * target.planeArea() + pixel) * SIZE, SIZE);
                } else {
                    System.arraycopy(work, from, values, sampleAt + (block * target.planeArea() + pixel) * SIZE, SIZE);
                }
            }
        }
    }

    private void spreadChannels(float[] work, int from, float[] values, int pixelAt, int block) {
        int channels = Math.min(SIZE, shape.channels() - block * SIZE);
        for (int channel = 0; channel < channels; channel++) {
            int to = pixelAt + (block * SIZE + channel) * target.planeArea();
            values[to] = target.accumulate() ? values[to] + work[from + channel] : work[from + channel];
        }
    }
}
