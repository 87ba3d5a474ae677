package dev.fovea.cli;

import dev.fovea.cli.Parity.Deviation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes the tensors of two devices, one pair after another, and keeps how far apart they are. */
final class Comparison {
    /** Of the output, relative to its largest element; quality.md asks it. */
    private static final double OUTPUT = 1e-4;

    /** By how much two float32 next to each other differ at most, of their size. */
    private static final double LAST_PLACE = 0x1p-23;

    private final double relative;
    private final double nothing;
    private final List<Deviation> deviations = new ArrayList<>();
    private final Map<String, List<Pair>> open = new LinkedHashMap<>();
    private String where = "";

    /**
     * The lengths of a difference and of what the tensor should be, what it is as good as zero below, and what storing may add to the
     * difference.
     */
    private record Pair(String name, double difference, double length, double zero, double stored) {}

    /**
     * @param relative what a tensor's difference may be, its length by the tensor's
     * @param nothing a tensor this much shorter than the longest of its kind is as good as zero, and measured by that: the bias in front of
     *     a batch norm has no gradient but rounding
     */
    private Comparison(double relative, double nothing) {
        this.relative = relative;
        this.nothing = nothing;
    }

    /** Of runs that go their own way: a thousandth leaves room for what rounding becomes. */
    static Comparison ofFreeRuns() {
        return new Comparison(1e-3, 1e-5);
    }

    /** Of devices that begin ever again with the same numbers. */
    static Comparison inLockstep() {
        return new Comparison(1e-4, 1e-4);
    }

    /** What follows is of a step, or of whatever else has its own longest tensors. */
    void begin(String part) {
        close();
        where = part;
    }

    /** Compares the output of a model by its largest element. */
    void output(float[] actual, float[] expected) {
        double largest = 0;
        double worst = actual.length == expected.length ? 0 : Double.NaN;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        deviations.add(new Deviation("output", where, worst / largest, OUTPUT));
    }

    /** Which element of each sample is the largest must be the same. */
    void classes(float[] actual, float[] expected, int batch) {
        List<Integer> wanted = largest(expected, batch);
        List<Integer> found = largest(actual, batch);
        long others = IntStream.range(0, batch)
                .filter(sample -> !found.get(sample).equals(wanted.get(sample)))
                .count();
        deviations.add(new Deviation("other classes", where, others, 0));
    }

    /** For each sample which element of the output is the largest. */
    private static List<Integer> largest(float[] output, int batch) {
        int size = output.length / batch;
        return IntStream.range(0, batch)
                .mapToObj(sample -> {
                    int best = 0;
                    for (int i = 1; i < size; i++) {
                        best = output[sample * size + i] > output[sample * size + best] ? i : best;
                    }
                    return best;
                })
                .toList();
    }

    /** Compares a number. */
    void number(String kind, double actual, double expected) {
        deviations.add(new Deviation(kind, where, Math.abs(actual - expected) / Math.abs(expected), relative));
    }

    /** Compares a tensor with others of its kind as a measure. */
    void tensor(String kind, String name, float[] actual, float[] expected) {
        sum(kind, name, actual, expected, 0);
    }

    /**
     * The same for one whose elements are sums that may cancel: they can be no more exact than their terms, which are float32. What is
     * shorter than the terms' last places, by what a tensor may be off, is as good as zero.
     *
     * @param terms how long it would be, did nothing cancel
     */
    void sum(String kind, String name, float[] actual, float[] expected, double terms) {
        add(kind, new Pair(name, distance(actual, expected), length(expected), LAST_PLACE / relative * terms, 0));
    }

    /** Compares all tensors of a kind, which must be the same ones. */
    void tensors(String kind, Map<String, float[]> actual, Map<String, float[]> expected) {
        if (!actual.keySet().equals(expected.keySet())) {
            deviations.add(new Deviation(kind, at("other parameters"), Double.NaN, relative));
            return;
        }
        expected.forEach((name, values) -> tensor(kind, name, actual.get(name), values));
    }

    /** Compares what one update made of a weight. */
    void update(String name, float[] before, float[] actual, float[] expected) {
        updates(name, before, actual, expected, 1);
    }

    /** Compares what some made of it; each rounds what it stores, on either device: that may differ by a unit of the last place. */
    void updates(String name, float[] before, float[] actual, float[] expected, int steps) {
        double stored = steps * LAST_PLACE * length(expected);
        add("update", new Pair(name, distance(actual, expected), distance(expected, before), 0, stored));
    }

    private void add(String kind, Pair pair) {
        open.computeIfAbsent(kind, absent -> new ArrayList<>()).add(pair);
    }

    /** All that was found. */
    Parity parity() {
        close();
        return new Parity(deviations);
    }

    private void close() {
        open.forEach((kind, pairs) -> {
            double longest = pairs.stream().mapToDouble(Pair::length).max().orElse(0);
            // Nothing against nothing is no agreement.
            if (longest == 0) {
                deviations.add(new Deviation(kind, at("0 everywhere"), Double.NaN, relative));
                return;
            }
            for (Pair pair : pairs) {
                double scale = Math.max(pair.length(), Math.max(pair.zero(), nothing * longest));
                double allowed = relative * scale + pair.stored();
                deviations.add(new Deviation(kind, at(pair.name()), pair.difference() / scale, allowed / scale));
            }
        });
        open.clear();
    }

    private String at(String name) {
        return where.isEmpty() ? name : where + ", " + name;
    }

    private static double distance(float[] a, float[] b) {
        if (a.length != b.length) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The root of the sum of the squares. */
    static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
