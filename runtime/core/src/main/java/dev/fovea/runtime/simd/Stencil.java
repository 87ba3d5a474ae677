package dev.fovea.runtime.simd;

/**
 * How the windows of a row of outputs lie over a plane: element (u, v) of window j is at
 * {@code u·rowStep + v·columnStep + j·stride} from element (0, 0) of window 0.
 *
 * @param rowStep from one row of a window to the next, in floats
 * @param columnStep from one column of a window to the next, in floats
 * @param columns of a window
 * @param stride from one window to the next, in floats
 */
public record Stencil(int rowStep, int columnStep, int columns, int stride) {}
