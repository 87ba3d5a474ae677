package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.Arrays;

/**
 * What the machine can do, measured in the same run as what is compared with it: multiply-adds from the first-level cache, and
 * bytes moved to and from memory, by a copy or by y = y + a·x, whichever moves more. The two roofs of S. Williams, A. Waterman and
 * D. Patterson, "Roofline", CACM 52 (2009).
 *
 * @param flops a second, all threads together, a multiply-add counted as two
 * @param bytes a second read and written together, all threads together
 */
public record Ceilings(double flops, double bytes) {
    /** Larger than any cache, in floats. */
    public static final int BEYOND_CACHES = 1 << 26;

    private static final int DEPTH = 256;
    private static final int REPEATS = 20_000;
    private static final int ROUNDS = 12;

    /**
     * The best of several rounds of each; takes a second or two.
     *
     * @param threads at least 1
     * @param floats the length of the two arrays that are moved; they should be beyond the caches
     */
    public static Ceilings measure(int threads, int floats) {
        Simd simd = SimdChoice.best();
        double flops = 0;
        double bytes = 0;
        float[] from = new float[floats];
        float[] to = new float[floats];
        Arrays.fill(from, 1);
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < ROUNDS; round++) {
                flops = Math.max(flops, flops(workers, simd.matrix()));
                bytes = Math.max(bytes, Math.max(copied(workers, from, to), added(workers, simd, from, to)));
            }
        }
        return new Ceilings(flops, bytes);
    }

    /** The shortest time, in seconds, of so much arithmetic and traffic: they go on at once, so it is that of the longer one. */
    public double floor(double neededFlops, double neededBytes) {
        return Math.max(neededFlops / flops, neededBytes / bytes);
    }

    private static double flops(Workers workers, MatrixSimd matrix) {
        int rows = matrix.tileRows();
        int columns = matrix.columns();
        int threads = workers.threads();
        int[] rowsAt = new int[rows];
        for (int i = 0; i < rows; i++) {
            rowsAt[i] = i * MatrixSimd.ROW_DISTANCE;
        }
        float[][] sums = new float[threads][];
        double seconds = seconds(workers, (tile, worker) -> {
            // Where the quickest loops want both factors.
            int bAt = rows * MatrixSimd.ROW_DISTANCE;
            float[] ab = new float[bAt + columns * DEPTH];
            float[] c = new float[rows * columns];
            Arrays.fill(ab, 1e-3f);
            for (int i = 0; i < REPEATS; i++) {
                matrix.multiply(rows, ab, 0, rowsAt, 0, ab, bAt, DEPTH, c, 0, columns);
            }
            sums[tile] = c;
        });
        for (float[] c : sums) {
            if (c[0] <= 0) {
                throw new IllegalStateException("nothing was multiplied");
            }
        }
        return 2.0 * rows * columns * DEPTH * REPEATS * threads / seconds;
    }

    private static double copied(Workers workers, float[] from, float[] to) {
        int length = from.length / workers.threads();
        double seconds =
                seconds(workers, (tile, worker) -> System.arraycopy(from, tile * length, to, tile * length, length));
        return 2.0 * Float.BYTES * length * workers.threads() / seconds;
    }

    private static double added(Workers workers, Simd simd, float[] from, float[] to) {
        int length = from.length / workers.threads();
        double seconds = seconds(
                workers, (tile, worker) -> simd.addScaled(1e-3f, from, tile * length, to, tile * length, length));
        return 3.0 * Float.BYTES * length * workers.threads() / seconds;
    }

    /** A tile for each thread. */
    private static double seconds(Workers workers, Tiles tiles) {
        long begin = System.nanoTime();
        workers.run(workers.threads(), tiles);
        return (System.nanoTime() - begin) * 1e-9;
    }
}
