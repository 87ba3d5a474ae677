package dev.fovea.vector;

import java.util.Random;

/** Lengths around the number of lanes, and arrays with a guard on both sides of the range. */
final class Ranges {
    private static final int[] OFFSETS = {0, 1, 3, 16};

    private Ranges() {}

    interface Body {
        void run(int length, int offset, Random random);
    }

    /** Every length that could go wrong, at every offset, with numbers that are the same in every run. */
    static void forEach(int lanes, Body body) {
        int[] lengths = {
            0,
            1,
            2,
            3,
            5,
            7,
            13,
            31,
            61,
            127,
            lanes - 1,
            lanes,
            lanes + 1,
            2 * lanes - 1,
            4 * lanes,
            4 * lanes + 1,
            8 * lanes + 3
        };
        for (int length : lengths) {
            for (int offset : OFFSETS) {
                body.run(length, offset, new Random(31L * length + offset));
            }
        }
    }

    /** Random numbers, among them zeros of both signs. */
    static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(20);
            values[i] = kind == 0 ? 0f : kind == 1 ? -0f : (float) random.nextGaussian();
        }
        return values;
    }
}
