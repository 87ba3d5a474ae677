package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;

/**
 * A copy of an image of few planes in which the channels of a pixel lie side by side, {@code [samples, phases, rows, columns, channels]}, rows sorted by phase as
 * {@link GatherAxis} says and columns as they are: what a row of a kernel reads lies side by side, 21 numbers of a row of 7 taps and 3 channels.
 */
final class InterleavedPixels implements WeightPixels {
    private final Region region;
    private final Shape shape;
    private final Gather gather;
    private final int channels;
    /** The column of the image at each column of the copy; −1 for zero. */
    private final int[] columns;

    private final int innerFirst;
    private final int innerEnd;
    private final int rowFloats;
    private final int phaseFloats;
    private final int sampleFloats;
    private final int samples;
    private final int[] places;

    /** As {@link BlockPixels}. */
    InterleavedPixels(Gather gather, Region region, Shape shape, int rows, int samples) {
        this.region = region;
        this.shape = shape;
        this.gather = gather;
        this.samples = samples;
        channels = shape.channels();
        columns = columns(gather.columns());
        int first = 0;
        while (first < columns.length && columns[first] < 0) {
            first++;
        }
        int end = first;
        while (end < columns.length && columns[end] >= 0 && columns[end] == columns[first] + end - first) {
            end++;
        }
        innerFirst = first;
        innerEnd = end;
        rowFloats = columns.length * channels;
        phaseFloats = (rows + gather.rows().span()) * rowFloats;
        sampleFloats = gather.rows().phases() * phaseFloats;
        int width = gather.columns().outputs();
        int step = gather.columns().step() * channels;
        places = new int[samples * rows * width];
        for (int i = 0; i < places.length; i++) {
            int row = i / width;
            places[i] = row / rows * sampleFloats + row % rows * rowFloats + i % width * step;
        }
    }

    /** Whether it serves: the taps of a row lie side by side, and there are so few planes that blocks would be half empty. */
    static boolean fits(Gather gather, Shape shape) {
        return gather.columns().isUndilated() && shape.channels() < BlockSimd.SIZE / 2;
    }

    private static int[] columns(GatherAxis axis) {
        int[] sources = new int[Math.max(0, axis.outputs() - 1) * axis.step() + axis.taps()];
        Arrays.fill(sources, -1);
        for (int output = 0; output < axis.outputs(); output++) {
            for (int tap = 0; tap < axis.taps(); tap++) {
                sources[output * axis.step() + tap] = axis.sources(axis.phase(tap))[output + axis.offset(tap)];
            }
        }
        return sources;
    }

    @Override
    public int[] places() {
        return places;
    }

    @Override
    public int blocks() {
        return 1;
    }

    @Override
    public int blockFloats() {
        return samples * sampleFloats;
    }

    @Override
    public int floats(int blocks) {
        return blockFloats() + BlockSimd.SIZE; // the loops may read more numbers than count
    }

    @Override
    public void prepare(
            float[] work,
            int at,
            int firstBlock,
            int endBlock,
            int firstSample,
            int sampleCount,
            int firstRow,
            int rows) {
        float[] source = CpuMemory.values(region);
        int span = gather.rows().span();
        for (int sample = 0; sample < sampleCount; sample++) {
            int from = (int) region.at(firstSample + sample);
            for (int phase = 0; phase < gather.rows().phases(); phase++) {
                int[] sourceRows = gather.rows().sources(phase);
                int to = at + sample * sampleFloats + phase * phaseFloats;
                for (int row = 0; row < rows + span; row++) {
                    int target = to + row * rowFloats;
                    int sourceRow = sourceRows[firstRow + row];
                    if (sourceRow < 0) {
                        Arrays.fill(work, target, target + rowFloats, 0f);
                    } else {
                        copyRow(source, from + sourceRow * shape.width(), work, target);
                    }
                }
            }
        }
    }

    private void copyRow(float[] source, int from, float[] work, int to) {
        for (int channel = 0; channel < channels; channel++) {
            int at = from + channel * shape.area();
            int target = to + channel;
            copyBorder(source, at, 0, innerFirst, work, target);
            int inner = innerFirst < innerEnd ? at + columns[innerFirst] - innerFirst : at;
            for (int i = innerFirst; i < innerEnd; i++) {
                work[target + i * channels] = source[inner + i];
            }
            copyBorder(source, at, innerEnd, columns.length, work, target);
        }
    }

    private void copyBorder(float[] source, int from, int begin, int end, float[] work, int to) {
        for (int i = begin; i < end; i++) {
            work[to + i * channels] = columns[i] < 0 ? 0f : source[from + columns[i]];
        }
    }

    @Override
    public float[] values(float[] work) {
        return work;
    }

    @Override
    public int at(int at, int firstBlock, int firstSample, int firstRow) {
        return at;
    }

    /** The terms of the sums: row by row of the kernel, its taps and their channels. */
    WeightTerms terms(BlockSimd simd) {
        WeightTerms.Builder builder = new WeightTerms.Builder(simd);
        builder.begin();
        GatherAxis rows = gather.rows();
        int taps = gather.columns().taps();
        int[] order = new int[channels * rows.taps() * taps];
        for (int row = 0; row < rows.taps(); row++) {
            int first = builder.add(taps * channels, rows.phase(row) * phaseFloats + rows.offset(row) * rowFloats);
            for (int term = 0; term < taps * channels; term++) {
                order[(term % channels * rows.taps() + row) * taps + term / channels] = first + term;
            }
        }
        return builder.build(order);
    }
}
