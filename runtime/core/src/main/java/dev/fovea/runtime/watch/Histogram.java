package dev.fovea.runtime.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many of some numbers lie where: 30 intervals of one width from the smallest to the largest, as TensorBoard's own summaries have them.
 * What is no finite number is left out.
 *
 * @param limits the upper ends of the intervals
 * @param counts of each interval, those equal to a limit within the interval above, the largest number in the last
 */
record Histogram(
        double min, double max, long count, double sum, double squares, List<Double> limits, List<Double> counts) {
    private static final int INTERVALS = 30;

    static Histogram of(float[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return new Histogram(0, 0, 0, 0, 0, List.of(0.0), List.of(0.0));
        }
        int intervals = max > min ? INTERVALS : 1;
        List<Double> limits = new ArrayList<>();
        for (int i = 1; i <= intervals; i++) {
            limits.add(i == intervals ? max : min + (max - min) * i / intervals);
        }
        List<Double> counts = new ArrayList<>(Collections.nCopies(intervals, 0.0));
        for (float value : values) {
            if (Float.isFinite(value)) {
                int place = intervals == 1 ? 0 : (int) ((value - min) / (max - min) * intervals);
                int at = Math.min(intervals - 1, place);
                counts.set(at, counts.get(at) + 1);
            }
        }
        return new Histogram(min, max, count, sum, squares, limits, counts);
    }

    /** {@code HistogramProto}: min, max, num, sum, sum of squares, limits, counts. */
    Message message() {
        return new Message()
                .real(1, min)
                .real(2, max)
                .real(3, (double) count)
                .real(4, sum)
                .real(5, squares)
                .reals(6, limits)
                .reals(7, counts);
    }
}
