package dev.fovea.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far one device is from another, and what it may be: quality.md asks 1e-4 of the output. What everything else may be says
 * {@link Comparison}; it is far less than any term left out or counted twice makes.
 *
 * @param deviations of everything that was compared
 */
record Parity(List<Deviation> deviations) {
    /** Copies the list. */
    Parity {
        deviations = List.copyOf(deviations);
    }

    /**
     * One figure.
     *
     * @param kind output, loss, gradient, update or weights; in lockstep others too
     * @param where the step and the parameter's or layer's name
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

    /** Compares what quality.md asks of any run: the output of the first step, and which elements of it are the largest. */
    static Parity ofOutputs(DeviceRun actual, DeviceRun expected, int batch) {
        Comparison comparison = Comparison.ofFreeRuns();
        comparison.output(actual.output(), expected.output());
        comparison.classes(actual.output(), expected.output(), batch);
        return comparison.parity();
    }

    /** Compares runs of which each went its own way: the output, all losses and gradients, what the steps made of the weights, and the weights. */
    static Parity of(DeviceRun actual, DeviceRun expected) {
        Comparison comparison = Comparison.ofFreeRuns();
        comparison.output(actual.output(), expected.output());
        int steps = expected.losses().size();
        for (int i = 0; i < steps; i++) {
            comparison.begin("step " + i);
            comparison.number("loss", actual.losses().get(i), expected.losses().get(i));
            comparison.tensors(
                    "gradient", actual.gradients().get(i), expected.gradients().get(i));
        }
        comparison.begin("");
        for (String name : expected.gradients().get(0).keySet()) {
            float[] before = expected.before().get(name);
            comparison.updates(
                    name, before, actual.after().get(name), expected.after().get(name), steps);
        }
        comparison.tensors("weights", actual.after(), expected.after());
        return comparison.parity();
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
}
