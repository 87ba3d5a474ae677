package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;

/** Copies the part of an image that a tile reads, padded and sorted by phase as {@link GatherAxis} says. */
final class PreparedImage {
    private final Blocking blocking;
    private final Region image;
    private final int width;
    private final int area;

    /** Of a tensor of this shape. */
    PreparedImage(Blocking blocking, Region image, Shape shape) {
        this.blocking = blocking;
        this.image = image;
        this.width = shape.width();
        this.area = shape.area();
    }

    /** Prepares some channels for a tile: channel c at {@code c·channelStride}. */
    void fill(TileLayout tile, int firstChannel, int channels, float[] target) {
        float[] source = CpuMemory.values(image);
        int row = 0;
        while (row < tile.rows()) {
            int sampleAt = (int) image.at(tile.sample(row));
            int count = tile.rowsOfSample(row);
            for (int channel = 0; channel < channels; channel++) {
                int from = sampleAt + (firstChannel + channel) * area;
                fillRows(tile, row, count, source, from, target, channel * blocking.channelStride());
            }
            row += count;
        }
    }

    private void fillRows(TileLayout tile, int row, int count, float[] source, int from, float[] target, int to) {
        GatherAxis rows = blocking.gather().rows();
        GatherAxis columns = blocking.gather().columns();
        int prepared = count + rows.span();
        int length = tile.width() + columns.span();
        int at = to + tile.at(row);
        for (int i = 0; i < rows.phases(); i++) {
            int[] sourceRows = rows.sources(i);
            for (int j = 0; j < columns.phases(); j++) {
                int[] sourceColumns = columns.sources(j);
                for (int p = 0; p < prepared; p++) {
                    int sourceRow = sourceRows[tile.outputRow(row) + p];
                    int targetAt = at + p * blocking.preparedWidth();
                    if (sourceRow < 0) {
                        Arrays.fill(target, targetAt, targetAt + length, 0f);
                    } else {
                        int sourceAt = from + sourceRow * width;
                        fillRow(source, sourceAt, sourceColumns, tile.firstColumn(), length, target, targetAt);
                    }
                }
                at += blocking.planeStride();
            }
        }
    }

    /** Copies a row: the middle in one go, as its elements are at one distance, the borders one by one. */
    private static void fillRow(
            float[] source, int sourceAt, int[] columns, int first, int length, float[] target, int targetAt) {
        int i = 0;
        while (i < length) {
            int column = columns[first + i];
            if (column < 0) {
                target[targetAt + i++] = 0f;
                continue;
            }
            int next = i + 1 < length ? columns[first + i + 1] : -1;
            int step = next < 0 ? 1 : next - column;
            int run = 1;
            while (i + run < length && columns[first + i + run] == column + run * step && column + run * step >= 0) {
                run++;
            }
            if (step == 1) {
                System.arraycopy(source, sourceAt + column, target, targetAt + i, run);
            } else {
                for (int j = 0; j < run; j++) {
                    target[targetAt + i + j] = source[sourceAt + column + j * step];
                }
            }
            i += run;
        }
    }
}
