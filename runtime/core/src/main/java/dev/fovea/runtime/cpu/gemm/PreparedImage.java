package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;

/** Copies the part of an image that a tile reads, padded and sorted by phase as {@link GatherAxis} says. */
final class PreparedImage {
    /** Column phases that are filled together. */
    private static final int TOGETHER = 4;

    private final Blocking blocking;
    private final Region image;
    private final int width;
    private final int area;
    /** The sources of all column phases, those of a position side by side; empty where there are not {@link #TOGETHER}. */
    private final int[] together;

    private int togetherFirst;
    private int togetherEnd;

    /** Of a tensor of this shape. */
    PreparedImage(Blocking blocking, Region image, Shape shape) {
        this.blocking = blocking;
        this.image = image;
        this.width = shape.width();
        this.area = shape.area();
        GatherAxis columns = blocking.gather().columns();
        boolean four = columns.step() == TOGETHER && columns.phases() == TOGETHER;
        together = four ? new int[TOGETHER * (columns.outputs() + columns.span())] : new int[0];
        togetherEnd = columns.outputs() + columns.span();
        for (int phase = 0; four && phase < TOGETHER; phase++) {
            int[] sources = columns.sources(phase);
            for (int p = 0; p < sources.length; p++) {
                together[TOGETHER * p + phase] = sources[p];
            }
            togetherFirst = Math.max(togetherFirst, columns.innerFirst(phase));
            togetherEnd = Math.min(togetherEnd, columns.innerEnd(phase));
        }
    }

    /** Prepares some channels for a tile: channel c at {@code c·channelStride}. */
    void fill(TileLayout tile, int firstChannel, int channels, float[] target) {
        fill(tile, firstChannel, channels, target, 0);
    }

    /** The same, channel c at {@code targetAt + c·channelStride}. */
    void fill(TileLayout tile, int firstChannel, int channels, float[] target, int targetAt) {
        float[] source = CpuMemory.values(image);
        int row = 0;
        while (row < tile.rows()) {
            int sampleAt = (int) image.at(tile.sample(row));
            int count = tile.rowsOfSample(row);
            for (int channel = 0; channel < channels; channel++) {
                int from = sampleAt + (firstChannel + channel) * area;
                fillRows(tile, row, count, source, from, target, targetAt + channel * blocking.channelStride());
            }
            row += count;
        }
    }

    private void fillRows(TileLayout tile, int row, int count, float[] source, int from, float[] target, int to) {
        GatherAxis rows = blocking.gather().rows();
        GatherAxis columns = blocking.gather().columns();
        int firstRow = tile.outputRow(row);
        int prepared = count + rows.span();
        int at = to + tile.at(row);
        if (together.length > 0) {
            fillTogether(tile, firstRow, prepared, source, from, target, at);
            return;
        }
        for (int i = 0; i < rows.phases(); i++) {
            int[] sourceRows = rows.sources(i);
            for (int j = 0; j < columns.phases(); j++) {
                fillPhase(tile, sourceRows, firstRow, prepared, j, source, from, target, at);
                at += blocking.planeStride();
            }
        }
    }

    /**
     * Fills all planes where there are four column phases, as of Winograd's patches: row by row of the image, each read once and from its
     * beginning to its end.
     */
    private void fillTogether(
            TileLayout tile, int firstRow, int count, float[] source, int from, float[] target, int at) {
        GatherAxis rows = blocking.gather().rows();
        int plane = blocking.planeStride();
        int first = tile.firstColumn();
        int length = tile.width() + blocking.gather().columns().span();
        int begin = Math.min(Math.max(togetherFirst - first, 0), length);
        int end = Math.max(begin, Math.min(togetherEnd - first, length));
        int inner = begin < end ? together[TOGETHER * (first + begin)] : 0;
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < rows.phases(); i++) {
                int sourceRow = rows.sources(i)[firstRow + p];
                int targetAt = at + i * TOGETHER * plane + p * blocking.preparedWidth();
                if (sourceRow < 0) {
                    for (int phase = 0; phase < TOGETHER; phase++) {
                        Arrays.fill(target, targetAt + phase * plane, targetAt + phase * plane + length, 0f);
                    }
                } else {
                    int sourceAt = from + sourceRow * width;
                    fillEnds(source, sourceAt, first, 0, begin, target, targetAt, plane);
                    part(source, sourceAt + inner, target, targetAt + begin, plane, end - begin);
                    fillEnds(source, sourceAt, first, end, length, target, targetAt, plane);
                }
            }
        }
    }

    /** The positions where not all phases are within the image. */
    private void fillEnds(
            float[] source, int sourceAt, int first, int begin, int end, float[] target, int targetAt, int plane) {
        for (int i = TOGETHER * begin; i < TOGETHER * end; i++) {
            int column = together[TOGETHER * first + i];
            target[targetAt + i % TOGETHER * plane + i / TOGETHER] = column < 0 ? 0f : source[sourceAt + column];
        }
    }

    /** Every fourth element from the first on, from the second on and so on. */
    private static void part(float[] source, int from, float[] target, int to, int plane, int count) {
        int second = to + plane;
        int third = second + plane;
        int fourth = third + plane;
        for (int i = 0; i < count; i++) {
            target[to + i] = source[from + 4 * i];
            target[second + i] = source[from + 4 * i + 1];
            target[third + i] = source[from + 4 * i + 2];
            target[fourth + i] = source[from + 4 * i + 3];
        }
    }

    /** Fills a plane: the middle of each row, whose elements lie at one distance, in one go, the borders one by one. */
    private void fillPhase(
            TileLayout tile,
            int[] sourceRows,
            int firstRow,
            int count,
            int phase,
            float[] source,
            int from,
            float[] target,
            int at) {
        GatherAxis columns = blocking.gather().columns();
        int[] sourceColumns = columns.sources(phase);
        int first = tile.firstColumn();
        int length = tile.width() + columns.span();
        int begin = Math.min(Math.max(columns.innerFirst(phase) - first, 0), length);
        int end = Math.max(Math.min(columns.innerEnd(phase) - first, length), begin);
        int step = columns.step();
        int inner = begin < end ? sourceColumns[first + begin] : 0;
        for (int p = 0; p < count; p++) {
            int sourceRow = sourceRows[firstRow + p];
            int targetAt = at + p * blocking.preparedWidth();
            if (sourceRow < 0) {
                Arrays.fill(target, targetAt, targetAt + length, 0f);
                continue;
            }
            int sourceAt = from + sourceRow * width;
            fillBorder(source, sourceAt, sourceColumns, first, 0, begin, target, targetAt);
            if (step == 1) {
                System.arraycopy(source, sourceAt + inner, target, targetAt + begin, end - begin);
            } else {
                int innerAt = sourceAt + inner - begin * step;
                for (int i = begin; i < end; i++) {
                    target[targetAt + i] = source[innerAt + i * step];
                }
            }
            fillBorder(source, sourceAt, sourceColumns, first, end, length, target, targetAt);
        }
    }

    private static void fillBorder(
            float[] source, int sourceAt, int[] columns, int first, int begin, int end, float[] target, int targetAt) {
        for (int i = begin; i < end; i++) {
            int column = columns[first + i];
            target[targetAt + i] = column < 0 ? 0f : source[sourceAt + column];
        }
    }
}
