package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * One axis of the 6×6 patches that {@link Winograd} reads: patch p covers the padded positions {@code 4·p} to {@code 4·p + 5}, of which
 * the last two are the first two of the next.
 */
final class PatchAxis {
    private final int patches;
    private final int innerFirst;
    private final int innerEnd;
    private final int[] sources;
    private final boolean zeros;

    /**
     * An axis.
     *
     * @param inputs the elements of the input
     * @param outputs the elements of the output, four for each patch
     * @param before the padding before the first
     * @param mode what is read outside the input
     */
    PatchAxis(int inputs, int outputs, int before, PaddingMode mode) {
        patches = (outputs + WinogradSimd.OUTPUTS - 1) / WinogradSimd.OUTPUTS;
        sources = new int[start(patches) + WinogradSimd.PATCH - WinogradSimd.OUTPUTS];
        for (int position = 0; position < sources.length; position++) {
            int source = mode.source(position - before, inputs);
            sources[position] = source < inputs ? Math.max(source, -1) : -1; // read by no output when out of range
        }
        innerFirst = Math.min(before, sources.length);
        innerEnd = Math.max(innerFirst, Math.min(before + inputs, sources.length));
        boolean onlyZeros = true;
        for (int position = 0; position < sources.length; position++) {
            onlyZeros &= sources[position] < 0 || (position >= innerFirst && position < innerEnd);
        }
        zeros = onlyZeros;
    }

    /** The number of patches. */
    int patches() {
        return patches;
    }

    /** The first padded position of a patch. */
    static int start(int patch) {
        return patch * WinogradSimd.OUTPUTS;
    }

    /** The padded positions that so many neighbours cover. */
    static int extent(int patches) {
        return start(patches) + WinogradSimd.PATCH - WinogradSimd.OUTPUTS;
    }

    /** The first padded position within the input. */
    int innerFirst() {
        return innerFirst;
    }

    /** The position behind the last within the input. */
    int innerEnd() {
        return innerEnd;
    }

    /** Whether all that is read outside the input is zero. */
    boolean isPaddedByZeros() {
        return zeros;
    }

    /** The input's element at a padded position; −1 for zero. */
    int source(int position) {
        return sources[position];
    }
}
