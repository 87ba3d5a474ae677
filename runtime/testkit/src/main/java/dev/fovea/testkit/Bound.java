package dev.fovea.testkit;

import java.util.Locale;
import org.assertj.core.api.Assertions;

/** How far a float may be from the exact result, and the comparison. */
final class Bound {
    /** Half the distance from 1 to the next float. */
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    private Bound() {}

    /** 2·γ(K)·M: K roundings of sums and products of magnitude M, for the kernel's order and the oracle's. */
    static double of(int roundings, double magnitude) {
        double share = roundings * UNIT_ROUNDOFF;
        return 2 * share / (1 - share) * magnitude;
    }

    /** Asserts that each of the elements at some indices is as near as it must be. */
    static void check(String what, float[] actual, int[] indices, double[] expected, double[] tolerance) {
        int worst = -1;
        double worstExcess = 0;
        int wrong = 0;
        for (int i = 0; i < indices.length; i++) {
            double error = Math.abs(actual[indices[i]] - expected[i]);
            if (!(error <= tolerance[i])) {
                wrong++;
                double excess = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error - tolerance[i];
                if (worst < 0 || excess > worstExcess) {
                    worst = i;
                    worstExcess = excess;
                }
            }
        }
        if (wrong > 0) {
            Assertions.fail(String.format(
                    Locale.ROOT,
                    "%s: %d of %d elements are wrong; worst at %d: expected %s ± %.3g, was %s",
                    what,
                    wrong,
                    indices.length,
                    indices[worst],
                    expected[worst],
                    tolerance[worst],
                    actual[indices[worst]]));
        }
    }
}
