package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/** A choice of samples by chance, of each class as many: the ones whose labels are taken to be known. */
public final class LabelledSubset {
    private LabelledSubset() {}

    /**
     * Chooses samples: the same seed gives the same ones. Of each class there are {@code count / classes}; what does not divide goes to
     * the first classes, one each, and where a class has too few samples others fill up. Without a class a sample the choice is by
     * chance alone.
     *
     * @param count how many
     * @return the samples in the order of the whole
     * @throws FoveaException where there are not so many samples, fewer are wanted than there are classes, or one cannot be read
     */
    public static Subset of(DataSet whole, int count, long seed) throws FoveaException {
        if (count < 1 || count > whole.size()) {
            throw new FoveaException(
                    count + " samples cannot have labels: there are " + whole.size(),
                    List.of("choose a number from 1 to " + whole.size()));
        }
        int[] order = new int[whole.size()];
        RandomStream.named(seed, "labels").permutation(order);
        int field = classes(whole.fields());
        int[] chosen = field < 0 ? Arrays.copyOf(order, count) : balanced(whole, field, order, count);
        Arrays.sort(chosen);
        return Subset.of(whole, chosen);
    }

    /** Reads no more samples than it takes to fill the shares of all classes. */
    private static int[] balanced(DataSet whole, int field, int[] order, int count) throws FoveaException {
        int classes = ((Field.Classes) whole.fields().get(field)).count();
        if (count < classes) {
            throw new FoveaException(
                    count + " labels are fewer than the " + classes + " classes",
                    List.of("ask for at least one a class"));
        }
        int[] left = new int[classes];
        for (int label = 0; label < classes; label++) {
            left[label] = count / classes + (label < count % classes ? 1 : 0);
        }
        int[] chosen = new int[count];
        boolean[] taken = new boolean[order.length];
        int found = 0;
        Sample sample = Sample.of(whole);
        for (int i = 0; i < order.length && found < count; i++) {
            whole.read(order[i], sample);
            int label = (int) sample.array(field)[sample.offset(field)];
            if (label >= 0 && label < classes && left[label] > 0) {
                left[label]--;
                taken[i] = true;
                chosen[found++] = order[i];
            }
        }
        for (int i = 0; i < order.length && found < count; i++) {
            if (!taken[i]) {
                chosen[found++] = order[i];
            }
        }
        return chosen;
    }

    private static int classes(List<Field> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof Field.Classes && fields.get(i).length() == 1) {
                return i;
            }
        }
        return -1;
    }
}
