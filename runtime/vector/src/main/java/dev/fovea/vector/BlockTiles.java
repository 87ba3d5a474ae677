package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pixels that lie side by side in channel blocks, times two blocks of kernels: a register holds sums of a pixel for the channels of a block. The pixels of a row lie at a
 * constant distance, so that seven of them are read through one address; with 14 of them 28 sums, two pieces of the weight and one number fill the 31 registers, and
 * rows of 56, 28 and 14 pixels have no rest. The sums begin with what lies at {@code from}: those there are, or, with a step of 0, the same numbers for every pixel.
 */
final class BlockTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SIZE = BlockSimd.SIZE;
    private static final int COLUMNS = BlockSimd.COLUMNS;

    private BlockTiles() {}

    /** The second seven pixels lie {@code half} behind the first: of the same row or of the next. */
    static void multiply14(
            float[] x,
            int xAt,
            int half,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, from + fromStep);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, from + fromBlock + fromStep);
        FloatVector c2a = FloatVector.fromArray(SPECIES, c, from + 2 * fromStep);
        FloatVector c2b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 2 * fromStep);
        FloatVector c3a = FloatVector.fromArray(SPECIES, c, from + 3 * fromStep);
        FloatVector c3b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 3 * fromStep);
        FloatVector c4a = FloatVector.fromArray(SPECIES, c, from + 4 * fromStep);
        FloatVector c4b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 4 * fromStep);
        FloatVector c5a = FloatVector.fromArray(SPECIES, c, from + 5 * fromStep);
        FloatVector c5b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 5 * fromStep);
        FloatVector c6a = FloatVector.fromArray(SPECIES, c, from + 6 * fromStep);
        FloatVector c6b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 6 * fromStep);
        FloatVector c7a = FloatVector.fromArray(SPECIES, c, from + 7 * fromStep);
        FloatVector c7b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 7 * fromStep);
        FloatVector c8a = FloatVector.fromArray(SPECIES, c, from + 8 * fromStep);
        FloatVector c8b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 8 * fromStep);
        FloatVector c9a = FloatVector.fromArray(SPECIES, c, from + 9 * fromStep);
        FloatVector c9b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 9 * fromStep);
        FloatVector c10a = FloatVector.fromArray(SPECIES, c, from + 10 * fromStep);
        FloatVector c10b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 10 * fromStep);
        FloatVector c11a = FloatVector.fromArray(SPECIES, c, from + 11 * fromStep);
        FloatVector c11b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 11 * fromStep);
        FloatVector c12a = FloatVector.fromArray(SPECIES, c, from + 12 * fromStep);
        FloatVector c12b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 12 * fromStep);
        FloatVector c13a = FloatVector.fromArray(SPECIES, c, from + 13 * fromStep);
        FloatVector c13b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 13 * fromStep);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            int next = at + half;
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + SIZE]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2 * SIZE]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3 * SIZE]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4 * SIZE]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5 * SIZE]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6 * SIZE]);
            c6a = x6.fma(wa, c6a);
            c6b = x6.fma(wb, c6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, x[next]);
            c7a = x7.fma(wa, c7a);
            c7b = x7.fma(wb, c7b);
            FloatVector x8 = FloatVector.broadcast(SPECIES, x[next + SIZE]);
            c8a = x8.fma(wa, c8a);
            c8b = x8.fma(wb, c8b);
            FloatVector x9 = FloatVector.broadcast(SPECIES, x[next + 2 * SIZE]);
            c9a = x9.fma(wa, c9a);
            c9b = x9.fma(wb, c9b);
            FloatVector x10 = FloatVector.broadcast(SPECIES, x[next + 3 * SIZE]);
            c10a = x10.fma(wa, c10a);
            c10b = x10.fma(wb, c10b);
            FloatVector x11 = FloatVector.broadcast(SPECIES, x[next + 4 * SIZE]);
            c11a = x11.fma(wa, c11a);
            c11b = x11.fma(wb, c11b);
            FloatVector x12 = FloatVector.broadcast(SPECIES, x[next + 5 * SIZE]);
            c12a = x12.fma(wa, c12a);
            c12b = x12.fma(wb, c12b);
            FloatVector x13 = FloatVector.broadcast(SPECIES, x[next + 6 * SIZE]);
            c13a = x13.fma(wa, c13a);
            c13b = x13.fma(wb, c13b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
        c1a.intoArray(c, cAt + SIZE);
        c1b.intoArray(c, cAt + block + SIZE);
        c2a.intoArray(c, cAt + 2 * SIZE);
        c2b.intoArray(c, cAt + block + 2 * SIZE);
        c3a.intoArray(c, cAt + 3 * SIZE);
        c3b.intoArray(c, cAt + block + 3 * SIZE);
        c4a.intoArray(c, cAt + 4 * SIZE);
        c4b.intoArray(c, cAt + block + 4 * SIZE);
        c5a.intoArray(c, cAt + 5 * SIZE);
        c5b.intoArray(c, cAt + block + 5 * SIZE);
        c6a.intoArray(c, cAt + 6 * SIZE);
        c6b.intoArray(c, cAt + block + 6 * SIZE);
        c7a.intoArray(c, cAt + 7 * SIZE);
        c7b.intoArray(c, cAt + block + 7 * SIZE);
        c8a.intoArray(c, cAt + 8 * SIZE);
        c8b.intoArray(c, cAt + block + 8 * SIZE);
        c9a.intoArray(c, cAt + 9 * SIZE);
        c9b.intoArray(c, cAt + block + 9 * SIZE);
        c10a.intoArray(c, cAt + 10 * SIZE);
        c10b.intoArray(c, cAt + block + 10 * SIZE);
        c11a.intoArray(c, cAt + 11 * SIZE);
        c11b.intoArray(c, cAt + block + 11 * SIZE);
        c12a.intoArray(c, cAt + 12 * SIZE);
        c12b.intoArray(c, cAt + block + 12 * SIZE);
        c13a.intoArray(c, cAt + 13 * SIZE);
        c13b.intoArray(c, cAt + block + 13 * SIZE);
    }

    static void multiply8(
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, from + fromStep);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, from + fromBlock + fromStep);
        FloatVector c2a = FloatVector.fromArray(SPECIES, c, from + 2 * fromStep);
        FloatVector c2b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 2 * fromStep);
        FloatVector c3a = FloatVector.fromArray(SPECIES, c, from + 3 * fromStep);
        FloatVector c3b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 3 * fromStep);
        FloatVector c4a = FloatVector.fromArray(SPECIES, c, from + 4 * fromStep);
        FloatVector c4b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 4 * fromStep);
        FloatVector c5a = FloatVector.fromArray(SPECIES, c, from + 5 * fromStep);
        FloatVector c5b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 5 * fromStep);
        FloatVector c6a = FloatVector.fromArray(SPECIES, c, from + 6 * fromStep);
        FloatVector c6b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 6 * fromStep);
        FloatVector c7a = FloatVector.fromArray(SPECIES, c, from + 7 * fromStep);
        FloatVector c7b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 7 * fromStep);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + SIZE]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2 * SIZE]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3 * SIZE]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4 * SIZE]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5 * SIZE]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6 * SIZE]);
            c6a = x6.fma(wa, c6a);
            c6b = x6.fma(wb, c6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, x[at + 7 * SIZE]);
            c7a = x7.fma(wa, c7a);
            c7b = x7.fma(wb, c7b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
        c1a.intoArray(c, cAt + SIZE);
        c1b.intoArray(c, cAt + block + SIZE);
        c2a.intoArray(c, cAt + 2 * SIZE);
        c2b.intoArray(c, cAt + block + 2 * SIZE);
        c3a.intoArray(c, cAt + 3 * SIZE);
        c3b.intoArray(c, cAt + block + 3 * SIZE);
        c4a.intoArray(c, cAt + 4 * SIZE);
        c4b.intoArray(c, cAt + block + 4 * SIZE);
        c5a.intoArray(c, cAt + 5 * SIZE);
        c5b.intoArray(c, cAt + block + 5 * SIZE);
        c6a.intoArray(c, cAt + 6 * SIZE);
        c6b.intoArray(c, cAt + block + 6 * SIZE);
        c7a.intoArray(c, cAt + 7 * SIZE);
        c7b.intoArray(c, cAt + block + 7 * SIZE);
    }

    static void multiply7(
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, from + fromStep);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, from + fromBlock + fromStep);
        FloatVector c2a = FloatVector.fromArray(SPECIES, c, from + 2 * fromStep);
        FloatVector c2b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 2 * fromStep);
        FloatVector c3a = FloatVector.fromArray(SPECIES, c, from + 3 * fromStep);
        FloatVector c3b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 3 * fromStep);
        FloatVector c4a = FloatVector.fromArray(SPECIES, c, from + 4 * fromStep);
        FloatVector c4b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 4 * fromStep);
        FloatVector c5a = FloatVector.fromArray(SPECIES, c, from + 5 * fromStep);
        FloatVector c5b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 5 * fromStep);
        FloatVector c6a = FloatVector.fromArray(SPECIES, c, from + 6 * fromStep);
        FloatVector c6b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 6 * fromStep);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + SIZE]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2 * SIZE]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3 * SIZE]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4 * SIZE]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5 * SIZE]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6 * SIZE]);
            c6a = x6.fma(wa, c6a);
            c6b = x6.fma(wb, c6b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
        c1a.intoArray(c, cAt + SIZE);
        c1b.intoArray(c, cAt + block + SIZE);
        c2a.intoArray(c, cAt + 2 * SIZE);
        c2b.intoArray(c, cAt + block + 2 * SIZE);
        c3a.intoArray(c, cAt + 3 * SIZE);
        c3b.intoArray(c, cAt + block + 3 * SIZE);
        c4a.intoArray(c, cAt + 4 * SIZE);
        c4b.intoArray(c, cAt + block + 4 * SIZE);
        c5a.intoArray(c, cAt + 5 * SIZE);
        c5b.intoArray(c, cAt + block + 5 * SIZE);
        c6a.intoArray(c, cAt + 6 * SIZE);
        c6b.intoArray(c, cAt + block + 6 * SIZE);
    }

    static void multiply4(
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, from + fromStep);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, from + fromBlock + fromStep);
        FloatVector c2a = FloatVector.fromArray(SPECIES, c, from + 2 * fromStep);
        FloatVector c2b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 2 * fromStep);
        FloatVector c3a = FloatVector.fromArray(SPECIES, c, from + 3 * fromStep);
        FloatVector c3b = FloatVector.fromArray(SPECIES, c, from + fromBlock + 3 * fromStep);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + SIZE]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2 * SIZE]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3 * SIZE]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
        c1a.intoArray(c, cAt + SIZE);
        c1b.intoArray(c, cAt + block + SIZE);
        c2a.intoArray(c, cAt + 2 * SIZE);
        c2b.intoArray(c, cAt + block + 2 * SIZE);
        c3a.intoArray(c, cAt + 3 * SIZE);
        c3b.intoArray(c, cAt + block + 3 * SIZE);
    }

    static void multiply2(
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, from + fromStep);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, from + fromBlock + fromStep);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + SIZE]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
        c1a.intoArray(c, cAt + SIZE);
        c1b.intoArray(c, cAt + block + SIZE);
    }

    static void multiply1(
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int block,
            int from,
            int fromStep,
            int fromBlock) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, from);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, from + fromBlock);
        for (int k = 0; k < depth; k++) {
            int at = xAt + terms[first + k];
            FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS);
            FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + k * COLUMNS + SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + block);
    }
}
