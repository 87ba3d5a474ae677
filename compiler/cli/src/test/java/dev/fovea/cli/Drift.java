package dev.fovea.cli;

import dev.fovea.cli.Parity.Deviation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How far two free runs are apart where a network leads any device away from itself: measured by how far one and the same device is
 * from itself when all initial values are moved by a rounding, the furthest of several ways to move them, see parity.md.
 */
final class Drift {
    /** What the runs of other networks may be apart. */
    private static final double RELATIVE = 1e-3;

    /** One way of rounding leads further than another: how much further one device may be from another than from itself. */
    private static final double TIMES = 4;

    private Drift() {}

    /**
     * Compares losses and gradients of all steps, the parameters taken together, and what the steps made of the weights.
     *
     * @param moved the runs that {@code expected} is with its initial values moved
     */
    static Parity of(DeviceRun actual, DeviceRun expected, List<DeviceRun> moved) {
        List<Deviation> deviations = new ArrayList<>();
        for (int step = 0; step < expected.losses().size(); step++) {
            int i = step;
            double loss = expected.losses().get(i);
            deviations.add(deviation(
                    "loss",
                    "step " + i,
                    Math.abs(actual.losses().get(i) / loss - 1),
                    furthest(moved, run -> Math.abs(run.losses().get(i) / loss - 1))));
            deviations.add(deviation(
                    "gradients",
                    "step " + i,
                    distance(actual.gradients().get(i), expected.gradients().get(i), Map.of()),
                    furthest(
                            moved,
                            run -> distance(
                                    run.gradients().get(i), expected.gradients().get(i), Map.of()))));
        }
        Map<String, float[]> trained = new LinkedHashMap<>(expected.after());
        trained.keySet().retainAll(expected.gradients().get(0).keySet()); // running statistics are no updates
        deviations.add(deviation(
                "updates",
                "",
                distance(actual.after(), trained, expected.before()),
                furthest(moved, run -> distance(run.after(), trained, expected.before()))));
        return new Parity(deviations);
    }

    private static double furthest(List<DeviceRun> moved, ToDoubleFunction<DeviceRun> distance) {
        return moved.stream().mapToDouble(distance).max().orElse(0);
    }

    private static Deviation deviation(String kind, String where, double found, double own) {
        return new Deviation(kind, where, found, Math.max(RELATIVE, TIMES * own));
    }

    /** The length of the difference of all numbers, by that of the expected ones less where they are counted from. */
    private static double distance(
            Map<String, float[]> actual, Map<String, float[]> expected, Map<String, float[]> origin) {
        double difference = 0;
        double length = 0;
        for (Map.Entry<String, float[]> one : expected.entrySet()) {
            float[] other = actual.get(one.getKey());
            float[] values = one.getValue();
            float[] from = origin.getOrDefault(one.getKey(), new float[values.length]);
            for (int i = 0; i < values.length; i++) {
                difference += Math.pow((double) other[i] - values[i], 2);
                length += Math.pow((double) values[i] - from[i], 2);
            }
        }
        return difference == 0 ? 0 : Math.sqrt(difference / length);
    }
}
