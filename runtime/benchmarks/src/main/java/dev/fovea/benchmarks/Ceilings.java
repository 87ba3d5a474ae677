package dev.fovea.benchmarks;

import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.Arrays;

/**
 * What the machine can do, measured in the same run as what is compared with it: multiply-adds from the first-level cache, and
 * bytes moved to and from memory, by a copy or by y = y + a·x, whichever moves more.
 *
 * @param flops a second, one core
 * @param bytes a second read and written together, one core
 */
record Ceilings(double flops, double bytes) {
    private static final int DEPTH = 256;
    /** Larger than any cache. */
    private static final int COPIED = 1 << 26;

    private static final int ROUNDS = 12;

    /** The best of several rounds of each. */
    static Ceilings measure() {
        Simd simd = SimdChoice.best();
        double flops = 0;
        double bytes = 0;
        float[] from = new float[COPIED];
        float[] to = new float[COPIED];
        Arrays.fill(from, 1);
        for (int round = 0; round < ROUNDS; round++) {
            flops = Math.max(flops, flops(simd.matrix()));
            bytes = Math.max(bytes, Math.max(copied(from, to), added(simd, from, to)));
        }
        return new Ceilings(flops, bytes);
    }

    private static double flops(MatrixSimd matrix) {
        int rows = matrix.tileRows();
        int columns = matrix.columns();
        float[] a = new float[rows * DEPTH];
        float[] b = new float[columns * DEPTH];
        float[] c = new float[rows * columns];
        int[] rowsAt = new int[rows];
        for (int i = 0; i < rows; i++) {
            rowsAt[i] = i * DEPTH;
        }
        Arrays.fill(a, 1e-3f);
        Arrays.fill(b, 1e-3f);
        int repeats = 20_000;
        long begin = System.nanoTime();
        for (int i = 0; i < repeats; i++) {
            matrix.multiply(rows, a, 0, rowsAt, 0, b, 0, DEPTH, c, 0, columns);
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        if (c[0] <= 0) {
            throw new IllegalStateException("nothing was multiplied");
        }
        return 2.0 * rows * columns * DEPTH * repeats / seconds;
    }

    private static double copied(float[] from, float[] to) {
        long begin = System.nanoTime();
        System.arraycopy(from, 0, to, 0, from.length);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return 2.0 * Float.BYTES * from.length / seconds;
    }

    private static double added(Simd simd, float[] from, float[] to) {
        long begin = System.nanoTime();
        simd.addScaled(1e-3f, from, 0, to, 0, from.length);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return 3.0 * Float.BYTES * from.length / seconds;
    }
}
