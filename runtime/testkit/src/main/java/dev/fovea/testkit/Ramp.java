package dev.fovea.testkit;

import java.util.Random;

/**
 * Test data without ties and kinks: evenly spaced numbers in random order, none of them 0. No two are closer than the
 * range divided by their number, which is far more than the step of a central difference.
 */
final class Ramp {
    private Ramp() {}

    /** Numbers between two bounds, exactly representable as floats. */
    static float[] between(double low, double high, int size, long seed) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (low + (high - low) * (i + 1.0 / 3) / size);
        }
        Random random = new Random(seed);
        for (int i = size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            float kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
        return values;
    }

    /** Random whole numbers from 0 to, exclusively, a bound: class labels. */
    static float[] labels(int classes, int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(classes);
        }
        return values;
    }
}
