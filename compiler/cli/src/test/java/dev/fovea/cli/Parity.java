package dev.fovea.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far one run is from another, and what it may be: quality.md asks 1e-4 of the output. A thousandth of everything else leaves room for
 * the rounding that adds up on the way back, and is far less than any term left out or counted twice makes.
 *
 * @param deviations of everything that was compared
 */
record Parity(List<Deviation> deviations) {
    /** Copies the list. */
    Parity {
        deviations = List.copyOf(deviations);
    }

    /** Of the output, relative to its largest element. */
    private static final double OUTPUT = 1e-4;

    /** Of a loss; of a gradient, an update or weights the length of the difference relative to the tensor's length. */
    private static final double TENSOR = 1e-3;

    /** A tensor this much shorter than the longest is as good as zero: the bias in front of a batch norm has no gradient. */
    private static final double NOTHING = 1e-5;

    /** By how much two float32 next to each other differ at most, of their size. */
    private static final double LAST_PLACE = 0x1p-23;

    /**
     * One figure.
     *
     * @param kind output, loss, gradient, update or weights
     * @param where the step and the parameter's name
     * @param found relative
     * @param allowed what it may be at most
     */
    record Deviation(String kind, String where, double found, double allowed) {
        // Not `found > allowed`, which a NaN is not.
        boolean isTooLarge() {
            return !(found <= allowed);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.1e%s", kind, found, where.isEmpty() ? "" : " (" + where + ")");
        }
    }

    /** Compares the output, all losses, the gradients of the first step, and the weights. */
    static Parity ofFirstGradients(DeviceRun actual, DeviceRun expected) {
        List<Deviation> some = of(actual, expected).deviations().stream()
                .filter(one -> !one.kind().equals("update"))
                .filter(one -> !one.kind().equals("gradient") || one.where().startsWith("step 0,"))
                .toList();
        return new Parity(some);
    }

    /** Compares the output, all losses and gradients, what the steps made of the weights, and the weights. */
    static Parity of(DeviceRun actual, DeviceRun expected) {
        List<Deviation> all = new ArrayList<>();
        all.add(output(actual.output(), expected.output()));
        for (int i = 0; i < steps(expected); i++) {
            all.add(loss(actual, expected, i));
            all.addAll(tensors(
                    "gradient",
                    "step " + i + ", ",
                    actual.gradients().get(i),
                    expected.gradients().get(i),
                    Map.of()));
        }
        // Each step rounds what it stores, on either side: that may differ by a unit of the last place.
        Map<String, Double> stored = new LinkedHashMap<>();
        expected.after().forEach((name, values) -> stored.put(name, steps(expected) * LAST_PLACE * length(values)));
        all.addAll(tensors("update", "", updates(actual), updates(expected), stored));
        all.addAll(tensors("weights", "", actual.after(), expected.after(), Map.of()));
        return new Parity(all);
    }

    /** What is further off than it may be. */
    List<Deviation> tooLarge() {
        return deviations.stream().filter(Deviation::isTooLarge).toList();
    }

    /** Of each kind the one that comes closest to what it may be. */
    @Override
    public String toString() {
        Comparator<Deviation> byShare = Comparator.comparingDouble(one -> one.found() / one.allowed());
        Map<String, Deviation> worst = new LinkedHashMap<>();
        for (Deviation one : deviations) {
            worst.merge(one.kind(), one, (a, b) -> byShare.compare(a, b) >= 0 ? a : b);
        }
        return worst.values().stream().map(Deviation::toString).collect(Collectors.joining(", "));
    }

    private static Deviation loss(DeviceRun actual, DeviceRun expected, int step) {
        double loss = expected.losses().get(step);
        double found = Math.abs(actual.losses().get(step) - loss) / Math.abs(loss);
        return new Deviation("loss", "step " + step, found, TENSOR);
    }

    private static int steps(DeviceRun run) {
        return run.losses().size();
    }

    private static Deviation output(float[] actual, float[] expected) {
        double largest = 0;
        double worst = actual.length == expected.length ? 0 : Double.NaN;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return new Deviation("output", "", worst / largest, OUTPUT);
    }

    /** What was trained, behind less in front; running statistics, which are not, are among the weights. */
    private static Map<String, float[]> updates(DeviceRun run) {
        Map<String, float[]> updates = new LinkedHashMap<>();
        run.gradients()
                .get(0)
                .keySet()
                .forEach(name -> updates.put(
                        name, difference(run.after().get(name), run.before().get(name))));
        return updates;
    }

    private static List<Deviation> tensors(
            String kind,
            String step,
            Map<String, float[]> actual,
            Map<String, float[]> expected,
            Map<String, Double> stored) {
        if (!actual.keySet().equals(expected.keySet())) {
            return List.of(new Deviation(kind, step + "other parameters", Double.NaN, TENSOR));
        }
        double longest =
                expected.values().stream().mapToDouble(Parity::length).max().orElseThrow();
        // Nothing against nothing is no agreement.
        if (longest == 0) {
            return List.of(new Deviation(kind, step + "0 everywhere", Double.NaN, TENSOR));
        }
        List<Deviation> deviations = new ArrayList<>();
        expected.forEach((name, values) -> {
            double scale = Math.max(length(values), NOTHING * longest);
            double found = length(difference(actual.get(name), values));
            double allowed = TENSOR * scale + stored.getOrDefault(name, 0.0);
            deviations.add(new Deviation(kind, step + name, found / scale, allowed / scale));
        });
        return deviations;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
