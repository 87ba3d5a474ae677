package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/**
 * Reads the patches of a tile and transforms them: first down the columns, six rows of an image at a time, as they lie in memory, then all
 * of a channel together along the rows, for which the columns are parted by their place in a patch. So registers are full however short
 * the rows are.
 */
final class WinogradPatches {
    private static final int PATCH = WinogradSimd.PATCH;
    /** Columns of a patch that are the next one's too. */
    private static final int END = WinogradSimd.PATCH - WinogradSimd.OUTPUTS;

    private final WinogradSimd winograd;
    private final PatchGrid grid;
    private final Region image;
    private final int width;
    private final int area;
    /** Columns that are transformed at a time. */
    private final int register;

    private final int framedStride;
    private final int framedAt;
    private final int zerosAt;
    private final int endsAt;
    private final int partedAt;
    private final int size;

    /**
     * Of a tensor of this shape.
     *
     * @param most patches of a tile
     */
    WinogradPatches(Simd simd, PatchGrid grid, Region image, Shape shape, int most) {
        this.winograd = simd.winograd();
        this.grid = grid;
        this.image = image;
        this.width = shape.width();
        this.area = shape.area();
        this.register = simd.matrix().piece();
        int runPatches = Math.min(most, grid.columns().patches());
        int mostRuns = (most + grid.columns().patches() - 1) / grid.columns().patches() + 1;
        this.framedStride = wholeRegisters(PatchAxis.extent(runPatches));
        this.framedAt = PATCH * winograd.rowFloats(most);
        this.zerosAt = framedAt + PATCH * framedStride;
        this.endsAt = zerosAt + framedStride;
        this.partedAt = endsAt + mostRuns * PATCH * END;
        this.size = partedAt + winograd.partedFloats(most);
    }

    private int wholeRegisters(int columns) {
        return (columns + register - 1) / register * register;
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
        Arrays.fill(work, workAt + zerosAt, workAt + zerosAt + framedStride, 0f);
        int patches = tile.patches();
        int rowStride = winograd.rowFloats(patches);
        for (int channel = 0; channel < channels; channel++) {
            int planes = (firstChannel + channel) * area;
            for (int run = 0; run < tile.runs(); run++) {
                transformRows(tile, run, (int) image.at(tile.sample(run)) + planes, work, workAt, rowStride);
            }
            winograd.patches(
                    work,
                    workAt,
                    patches,
                    tile.lasts(),
                    tile.runs(),
                    workAt + endsAt,
                    work,
                    workAt + partedAt,
                    tile.pieces(),
                    tile.pieceCount(),
                    target,
                    at + channel * channelStride,
                    positionStride);
        }
    }

    /** Transforms a run's columns; what is written behind them the next run writes over. */
    private void transformRows(PatchTile tile, int run, int plane, float[] work, int workAt, int rowStride) {
        int[] rows = tile.imageRows();
        PatchAxis columns = grid.columns();
        int patches = tile.length(run);
        int top = PatchAxis.start(tile.row(run));
        int left = PatchAxis.start(tile.first(run));
        int length = PatchAxis.extent(patches);
        int begin = Math.min(Math.max(columns.innerFirst() - left, 0), length);
        int end = Math.max(begin, Math.min(columns.innerEnd() - left, length));
        int to = workAt + PatchAxis.start(tile.lasts()[run] + 1 - patches);
        float[] values = CpuMemory.values(image);
        if (columns.isPaddedByZeros() && find(rows, plane, top, left, wholeRegisters(end), values.length)) {
            winograd.patchRows(values, rows, end, work, to, rowStride, workAt + zerosAt);
            clear(work, to, begin, rowStride);
            clear(work, to + end, length - end, rowStride);
        } else {
            frame(values, plane, top, left, length, rows, work, workAt + framedAt);
            winograd.patchRows(work, rows, length, work, to, rowStride, workAt + zerosAt);
        }
        int from = to + PatchAxis.start(patches);
        int endAt = workAt + endsAt + run * PATCH * END;
        for (int i = 0; i < PATCH; i++) {
            work[endAt + 2 * i] = work[from + i * rowStride];
            work[endAt + 2 * i + 1] = work[from + i * rowStride + 1];
        }
    }

    /**
     * Finds the rows of the image for six padded ones, each as if it went on beyond its ends: what is read there does not count.
     *
     * @param most floats of an image
     * @return whether all that is read is there
     */
    private boolean find(int[] rows, int plane, int top, int left, int length, int most) {
        boolean inside = true;
        for (int i = 0; i < PATCH; i++) {
            int row = grid.rows().source(top + i);
            int at = plane + row * width + left - grid.columns().innerFirst();
            rows[i] = row < 0 ? -1 : at;
            inside &= row < 0 || (at >= 0 && at + length <= most);
        }
        return inside;
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
    private void frame(float[] values, int plane, int top, int left, int length, int[] rows, float[] work, int framed) {
        PatchAxis columns = grid.columns();
        int begin = Math.min(Math.max(columns.innerFirst() - left, 0), length);
        int end = Math.max(begin, Math.min(columns.innerEnd() - left, length));
        for (int i = 0; i < PATCH; i++) {
            int to = framed + i * framedStride;
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
