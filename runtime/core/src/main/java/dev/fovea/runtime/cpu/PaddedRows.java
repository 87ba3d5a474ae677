package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.BlockSimd;

/**
 * Rows of pixels of a channel block with padding between them, one row's serving as that of the next, so that all windows of a row are whole and at the same distances:
 * the workspace of pooling. All numbers are of floats.
 */
record PaddedRows(int rowFloats, int gap, int before) {
    /** The room for windows of columns, all alike, over rows of so many pixels. */
    static PaddedRows of(PoolAxis columns, int width) {
        int before = columns.before();
        int reach = (columns.windows() - 1) * columns.stride() + (columns.kernel() - 1) * columns.step() + 1;
        int after = reach - before - width;
        int gap = Math.max(0, Math.max(before, after));
        return new PaddedRows(width * BlockSimd.SIZE, gap * BlockSimd.SIZE, before * BlockSimd.SIZE);
    }

    /** From one row to the next. */
    int pitch() {
        return rowFloats + gap;
    }

    /** Where a row begins. */
    int at(int row) {
        return gap + row * pitch();
    }

    /** Where the first window of the first row begins. */
    int firstWindow() {
        return gap - before;
    }

    /** All of so many rows, with the padding before the first and behind the last. */
    int floats(int rows) {
        return gap + rows * pitch();
    }
}
