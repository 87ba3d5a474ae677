package dev.fovea.runtime.simd;

/**
 * How the windows of a row of outputs lie over a plane. Windows are {@link #stride} floats apart; what a window reads
 * lies at fixed distances from its first element, in reading order.
 */
public final class Stencil {
    private final int[] offsets;
    private final int stride;
    private final int rowStep;
    private final int columns;

    /**
     * A stencil.
     *
     * @param rowStep from one row of a window to the next, in floats
     * @param columnStep from one column of a window to the next, in floats
     * @param rows of a window
     * @param columns of a window
     * @param stride from one window to the next, in floats
     */
    public Stencil(int rowStep, int columnStep, int rows, int columns, int stride) {
        this.offsets = new int[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i / columns * rowStep + i % columns * columnStep;
        }
        this.stride = stride;
        this.rowStep = rowStep;
        this.columns = columns;
    }

    /** The distances from a window's first element, row by row; not to be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** From one window to the next. */
    public int stride() {
        return stride;
    }

    /** From one row of a window to the next. */
    public int rowStep() {
        return rowStep;
    }

    /** Of a window. */
    public int columns() {
        return columns;
    }
}
