package dev.fovea.runtime.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often samples (or pixels) of each class were taken for each class. Shares are those of scikit-learn with {@code zero_division=0};
 * its macro averages are means over the classes that occur.
 */
public final class ConfusionMatrix {
    /** The most classes for which the single pairs are counted; of more only the sums, for the pairs would fill the memory. */
    public static final int MOST_FOR_PAIRS = 2048;

    private final List<String> names;
    private final long[] samples;
    private final long[] given;
    private final long[] right;
    private final long[] pairs;

    /** Nothing counted yet, of classes of these names. */
    public ConfusionMatrix(List<String> names) {
        int classes = names.size();
        this.names = List.copyOf(names);
        this.samples = new long[classes];
        this.given = new long[classes];
        this.right = new long[classes];
        this.pairs = new long[classes <= MOST_FOR_PAIRS ? classes * classes : 0];
    }

    /** The same with the classes called by their numbers where there are fewer names. */
    static ConfusionMatrix of(int classes, List<String> names) {
        List<String> all = new ArrayList<>(names.subList(0, Math.min(classes, names.size())));
        IntStream.range(all.size(), classes).mapToObj(Integer::toString).forEach(all::add);
        return new ConfusionMatrix(all);
    }

    /** The number of classes. */
    public int classes() {
        return names.size();
    }

    /** What the classes are called, in order. */
    public List<String> names() {
        return names;
    }

    /** Whether the single pairs are counted: of up to {@link #MOST_FOR_PAIRS} classes. */
    public boolean hasPairs() {
        return classes() <= MOST_FOR_PAIRS;
    }

    /**
     * How many of class {@code label} were taken for class {@code as}.
     *
     * @throws IllegalStateException where only the sums are counted
     */
    public long count(int label, int as) {
        if (!hasPairs()) {
            throw new IllegalStateException("of more than " + MOST_FOR_PAIRS + " classes only the sums are counted");
        }
        return pairs[label * classes() + as];
    }

    /** How many there are of a class; those whose prediction is no number are among them, though taken for nothing. */
    public long samples(int label) {
        return samples[label];
    }

    /** How many were taken for a class. */
    public long given(int as) {
        return given[as];
    }

    /** Of those taken for a class the share that is of it; 0 where there are none. */
    public double precision(int as) {
        return share(right[as], given[as]);
    }

    /** Of those of a class the share that is taken for it; 0 where there are none. */
    public double recall(int label) {
        return share(right[label], samples[label]);
    }

    /** The harmonic mean of precision and recall; 0 where either is. */
    public double f1(int label) {
        return share(2 * right[label], samples[label] + given[label]);
    }

    /** Whether a sample is of the class or was taken for it: means over classes leave the others out. */
    public boolean occurs(int label) {
        return samples[label] + given[label] > 0;
    }

    /** The mean of {@link #precision} over the classes that occur; NaN where none does. */
    public double macroPrecision() {
        return macro(this::precision);
    }

    /** The mean of {@link #recall} over the classes that occur; NaN where none does. */
    public double macroRecall() {
        return macro(this::recall);
    }

    /** The mean of {@link #f1} over the classes that occur; NaN where none does. */
    public double macroF1() {
        return macro(this::f1);
    }

    private double macro(IntToDoubleFunction score) {
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < classes(); label++) {
            if (occurs(label)) {
                sum += score.applyAsDouble(label);
                occurring++;
            }
        }
        return occurring == 0 ? Double.NaN : sum / occurring;
    }

    /** Counts a sample; {@code as} is −1 where the prediction is no number. */
    void add(int label, int as) {
        samples[label]++;
        if (as >= 0) {
            given[as]++;
            right[label] += label == as ? 1 : 0;
            if (pairs.length > 0) {
                pairs[label * classes() + as]++;
            }
        }
    }

    /**
     * Adds counts of pairs: for each label what its samples were taken for, behind the classes those whose prediction is no number.
     */
    void add(long[] taken) {
        int classes = classes();
        for (int label = 0; label < classes; label++) {
            int row = label * (classes + 1);
            samples[label] += taken[row + classes];
            for (int as = 0; as < classes; as++) {
                long times = taken[row + as];
                samples[label] += times;
                given[as] += times;
                right[label] += label == as ? times : 0;
                pairs[label * classes + as] += times;
            }
        }
    }

    void clear() {
        for (long[] counts : all()) {
            Arrays.fill(counts, 0);
        }
    }

    ConfusionMatrix copy() {
        ConfusionMatrix copy = new ConfusionMatrix(names);
        for (int i = 0; i < all().size(); i++) {
            System.arraycopy(all().get(i), 0, copy.all().get(i), 0, all().get(i).length);
        }
        return copy;
    }

    /** All that is counted: of the samples, of those given, of the right ones, of the pairs. */
    List<long[]> all() {
        return List.of(samples, given, right, pairs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that
                && names.equals(that.names)
                && Arrays.equals(samples, that.samples)
                && Arrays.equals(given, that.given)
                && Arrays.equals(right, that.right)
                && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + Arrays.hashCode(samples) + Arrays.hashCode(right);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
