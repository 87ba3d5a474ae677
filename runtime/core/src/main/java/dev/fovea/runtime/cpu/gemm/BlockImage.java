package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;

/**
 * Copies the part of an image that a tile reads, in channel blocks, padded and sorted by phase as {@link GatherAxis} says:
 * {@code [blocks, samples, phases, rows, columns, 16]}. The image itself may lie in planes: then it is turned around here.
 */
final class BlockImage {
    private static final int SIZE = BlockSimd.SIZE;

    private final BlockSimd simd;
    private final Gather gather;
    private final Region image;
    private final Shape shape;
    private final boolean planar;
    private final int rowFloats;
    private final int phaseFloats;
    private final int sampleFloats;
    private final int blockFloats;

    /**
     * Of a tensor of this shape.
     *
     * @param planar whether it lies in planes
     * @param width pixels of a row of outputs, with those that round it up
     * @param rows of outputs in a tile
     * @param samples in a tile
     */
    BlockImage(
            BlockSimd simd,
            Gather gather,
            Region image,
            Shape shape,
            boolean planar,
            int width,
            int rows,
            int samples) {
        this.simd = simd;
        this.gather = gather;
        this.image = image;
        this.shape = shape;
        this.planar = planar;
        this.rowFloats = (width + gather.columns().span()) * SIZE;
        this.phaseFloats = (rows + gather.rows().span()) * rowFloats;
        this.sampleFloats = gather.phases() * phaseFloats;
        this.blockFloats = samples * sampleFloats;
    }

    /** Floats that so many rows of outputs of all channels read. */
    static long floats(Gather gather, int width, int channels, int rows) {
        return (long) channels
                * gather.phases()
                * (rows + gather.rows().span())
                * (width + gather.columns().span());
    }

    /** Blocks of channels, the last of which need not be whole. */
    int blocks() {
        return (shape.channels() + SIZE - 1) / SIZE;
    }

    /** The length of all that is prepared. */
    long floats() {
        return (long) blocks() * blockFloats;
    }

    /** From one block to the next. */
    int blockFloats() {
        return blockFloats;
    }

    /** From one row of outputs to the next. */
    int rowFloats() {
        return rowFloats;
    }

    /** From one sample of a tile to the next. */
    int sampleFloats() {
        return sampleFloats;
    }

    /** Where the terms of a sum lie, behind what the pixel's output begins at: by blocks, taps and channels of a block. */
    int[] terms() {
        int taps = gather.taps();
        int[] terms = new int[shape.channels() * taps];
        int at = 0;
        for (int block = 0; block < blocks(); block++) {
            int channels = Math.min(SIZE, shape.channels() - block * SIZE);
            for (int tap = 0; tap < taps; tap++) {
                int from = block * blockFloats
                        + gather.phase(tap) * phaseFloats
                        + gather.rowOffset(tap) * rowFloats
                        + gather.columnOffset(tap) * SIZE;
                for (int channel = 0; channel < channels; channel++) {
                    terms[at++] = from + channel;
                }
            }
        }
        return terms;
    }

    /**
     * Prepares what some rows of outputs of some samples read.
     *
     * @param at where in {@code work}
     */
    void fill(int firstSample, int samples, int firstRow, int rows, float[] work, int at) {
        for (int sample = 0; sample < samples; sample++) {
            for (int block = 0; block < blocks(); block++) {
                int to = at + block * blockFloats + sample * sampleFloats;
                fillBlock(firstSample + sample, block, firstRow, rows, work, to);
            }
        }
    }

    /** Prepares what some rows of outputs read of a block. What lies beyond the image and its padding is zero. */
    void fillBlock(int sample, int block, int firstRow, int outputRows, float[] work, int at) {
        float[] source = CpuMemory.values(image);
        int sampleAt = (int) image.at(sample);
        int rows = outputRows + gather.rows().span();
        int to = at;
        for (int i = 0; i < gather.rows().phases(); i++) {
            int[] sourceRows = gather.rows().sources(i);
            for (int j = 0; j < gather.columns().phases(); j++) {
                for (int row = 0; row < rows; row++) {
                    int sourceRow = firstRow + row < sourceRows.length ? sourceRows[firstRow + row] : -1;
                    int target = to + row * rowFloats;
                    if (sourceRow < 0) {
                        Arrays.fill(work, target, target + rowFloats, 0f);
                    } else if (planar) {
                        turnRow(source, sampleAt, block, sourceRow, j, work, target);
                    } else {
                        int from = sampleAt + (block * shape.height() + sourceRow) * shape.width() * SIZE;
                        copyRow(source, from, j, work, target);
                    }
                }
                to += phaseFloats;
            }
        }
    }

    /** The middle of a row, whose pixels lie at one distance, in one go, the borders one by one. */
    private void copyRow(float[] source, int from, int phase, float[] work, int to) {
        GatherAxis columns = gather.columns();
        int[] sources = columns.sources(phase);
        int begin = Math.min(columns.innerFirst(phase), sources.length);
        int end = Math.max(columns.innerEnd(phase), begin);
        copyBorder(source, from, sources, 0, begin, work, to);
        if (begin < end) {
            int inner = from + sources[begin] * SIZE;
            if (columns.step() == 1) {
                System.arraycopy(source, inner, work, to + begin * SIZE, (end - begin) * SIZE);
            } else {
                simd.copy(end - begin, columns.step(), source, inner, work, to + begin * SIZE);
            }
        }
        copyBorder(source, from, sources, end, sources.length, work, to);
        Arrays.fill(work, to + sources.length * SIZE, to + rowFloats, 0f);
    }

    private static void copyBorder(float[] source, int from, int[] sources, int begin, int end, float[] work, int to) {
        for (int i = begin; i < end; i++) {
            if (sources[i] < 0) {
                Arrays.fill(work, to + i * SIZE, to + (i + 1) * SIZE, 0f);
            } else {
                System.arraycopy(source, from + sources[i] * SIZE, work, to + i * SIZE, SIZE);
            }
        }
    }

    /** A row of each plane goes to a channel of the pixels. */
    private void turnRow(float[] source, int sampleAt, int block, int row, int phase, float[] work, int to) {
        GatherAxis columns = gather.columns();
        int[] sources = columns.sources(phase);
        int begin = Math.min(columns.innerFirst(phase), sources.length);
        int end = Math.max(columns.innerEnd(phase), begin);
        int step = columns.step();
        int channels = Math.min(SIZE, shape.channels() - block * SIZE);
        for (int channel = 0; channel < channels; channel++) {
            int from = sampleAt + ((block * SIZE + channel) * shape.height() + row) * shape.width();
            turnBorder(source, from, sources, 0, begin, work, to + channel);
            if (begin < end) {
                int inner = from + sources[begin];
                int target = to + begin * SIZE + channel;
                for (int i = 0; i < end - begin; i++) {
                    work[target + i * SIZE] = source[inner + i * step];
                }
            }
            turnBorder(source, from, sources, end, sources.length, work, to + channel);
        }
        Arrays.fill(work, to + sources.length * SIZE, to + rowFloats, 0f);
    }

    private static void turnBorder(float[] source, int from, int[] sources, int begin, int end, float[] work, int to) {
        for (int i = begin; i < end; i++) {
            work[to + i * SIZE] = sources[i] < 0 ? 0f : source[from + sources[i]];
        }
    }
}
