package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * Reads the patches of a tile and transforms them, six rows of an image at a time: first down the columns, as they lie in memory, then
 * along the rows, for which the columns are parted by their place in a patch.
 */
final class WinogradPatches {
    private static final int PATCH = WinogradSimd.PATCH;

    private final WinogradSimd winograd;
    private final PatchGrid grid;
    private final Region image;
    private final int width;
    private final int area;
    /** The fewest columns that are transformed at a time. */
    private final int register;

    private final int framedAt;
    private final int partedAt;
    private final int size;

    /**
     * Of a tensor of this shape.
     *
     * @param most patches of a run
     */
    WinogradPatches(Simd simd, PatchGrid grid, Region image, Shape shape, int most) {
        this.winograd = simd.winograd();
        this.grid = grid;
        this.image = image;
        this.width = shape.width();
        this.area = shape.area();
        this.register = simd.matrix().piece();
        int patches = Math.min(most, grid.columns().patches());
        this.framedAt = PATCH * winograd.rowFloats(patches);
        this.partedAt = 2 * framedAt;
        this.size = partedAt + winograd.partedFloats(patches);
    }

    /** Floats that {@link #bring} works with. */
    int size() {
        return size;
    }

    /**
     * Transforms the patches of some channels.
     *
     * @param target position p of channel c, and of the patch that a piece begins with, goes to {@code at + p·positionStride +
     *     c·channelStride} and what the piece says
     */
    void bring(
            PatchTile tile,
            int firstChannel,
            int channels,
            float[] work,
            int workAt,
            float[] target,
            int at,
            int channelStride,
            int positionStride) {
        for (int channel = 0; channel < channels; channel++) {
            int to = at + channel * channelStride;
            for (int run = 0; run < tile.runs(); run++) {
                int plane = (int) image.at(tile.sample(run)) + (firstChannel + channel) * area;
                transformRows(tile, run, plane, work, workAt);
                int piece = tile.firstPiece(run);
                winograd.patches(
                        work,
                        workAt,
                        tile.length(run),
                        work,
                        workAt + partedAt,
                        tile.pieces(),
                        piece,
                        tile.firstPiece(run + 1) - piece,
                        target,
                        to,
                        positionStride);
            }
        }
    }

    private void transformRows(PatchTile tile, int run, int plane, float[] work, int workAt) {
        int[] rows = tile.imageRows();
        PatchAxis columns = grid.columns();
        int top = PatchAxis.start(tile.row(run));
        int left = PatchAxis.start(tile.first(run));
        int length = PatchAxis.extent(tile.length(run));
        int rowStride = winograd.rowFloats(tile.length(run));
        float[] values = CpuMemory.values(image);
        int begin = Math.min(Math.max(columns.innerFirst() - left, 0), length);
        int end = Math.max(begin, Math.min(columns.innerEnd() - left, length));
        boolean inside = end - begin >= register && columns.isPaddedByZeros();
        for (int i = 0; i < PATCH && inside; i++) {
            int row = grid.rows().source(top + i);
            rows[i] = plane + row * width + columns.source(left + begin);
            inside = row >= 0;
        }
        if (!inside) {
            frame(values, plane, top, left, length, rows, work, workAt + framedAt, rowStride);
            winograd.patchRows(work, rows, Math.max(length, register), work, workAt, rowStride);
            return;
        }
        winograd.patchRows(values, rows, end - begin, work, workAt + begin, rowStride);
        clear(work, workAt, begin, rowStride);
        clear(work, workAt + end, length - end, rowStride);
    }

    /** Sets some columns of all transformed rows to zero: mostly there is one, so it goes down the columns. */
    private static void clear(float[] work, int at, int columns, int rowStride) {
        for (int x = at; x < at + columns; x++) {
            for (int i = 0; i < PATCH; i++) {
                work[x + i * rowStride] = 0f;
            }
        }
    }

    /** Copies six rows with what the padding mode puts around them. */
    private void frame(
            float[] values,
            int plane,
            int top,
            int left,
            int length,
            int[] rows,
            float[] work,
            int framed,
            int rowStride) {
        PatchAxis columns = grid.columns();
        int begin = Math.min(Math.max(columns.innerFirst() - left, 0), length);
        int end = Math.max(begin, Math.min(columns.innerEnd() - left, length));
        for (int i = 0; i < PATCH; i++) {
            int to = framed + i * rowStride;
            rows[i] = to;
            int row = grid.rows().source(top + i);
            if (row < 0) {
                Arrays.fill(work, to, to + length, 0f);
                continue;
            }
            int from = plane + row * width;
            frameEnds(values, from, left, 0, begin, work, to);
            if (begin < end) {
                System.arraycopy(values, from + columns.source(left + begin), work, to + begin, end - begin);
            }
            frameEnds(values, from, left, end, length, work, to);
        }
    }

    private void frameEnds(float[] values, int from, int left, int begin, int end, float[] work, int to) {
        for (int i = begin; i < end; i++) {
            int source = grid.columns().source(left + i);
            work[to + i] = source < 0 ? 0f : values[from + source];
        }
    }
}
