package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/** Copies the part of an image that a tile reads, padded and sorted by phase as {@link GatherAxis} says. */
final class PreparedImage {
    private final Simd simd;
    private final Blocking blocking;
    private final Region image;
    private final int width;
    private final int area;

    /** Of a tensor of this shape. */
    PreparedImage(Simd simd, Blocking blocking, Region image, Shape shape) {
        this.simd = simd;
        this.blocking = blocking;
        this.image = image;
        this.width = shape.width();
        this.area = shape.area();
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
        for (int i = 0; i < rows.phases(); i++) {
            int[] sourceRows = rows.sources(i);
            for (int j = 0; j < columns.phases(); j++) {
                fillPhase(tile, sourceRows, firstRow, prepared, j, source, from, target, at);
                at += blocking.planeStride();
            }
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
                int room = (count - p) * blocking.preparedWidth() - begin;
                pick(source, sourceAt + inner, step, target, targetAt + begin, end - begin, room);
            }
            fillBorder(source, sourceAt, sourceColumns, first, end, length, target, targetAt);
        }
    }

    /** Elements at a distance; what is written behind them, up to the {@code room} there is, the next rows write over. */
    private void pick(float[] source, int from, int step, float[] target, int to, int length, int room) {
        if (step == 2) {
            simd.everySecond(source, from, target, to, length, room);
            return;
        }
        for (int i = 0; i < length; i++) {
            target[to + i] = source[from + i * step];
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
