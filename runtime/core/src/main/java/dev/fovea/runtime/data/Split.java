package dev.fovea.runtime.data;

import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;

/**
 * A data set cut in two by chance: each sample is in one part, and the same seed gives the same parts.
 *
 * @param training the larger part, in the order of the whole
 * @param held what is held back, likewise
 */
public record Split(Subset training, Subset held) {
    /**
     * Cuts a data set.
     *
     * @param share of the samples that is held back, more than 0 and less than 1; at least one sample goes to each part
     * @throws IllegalArgumentException where the share is another or there are less than two samples
     */
    public static Split of(DataSet whole, double share, long seed) {
        if (!(share > 0 && share < 1) || whole.size() < 2) {
            throw new IllegalArgumentException("no " + share + " of " + whole.size() + " samples can be held back");
        }
        int[] order = new int[whole.size()];
        RandomStream.named(seed, "split").permutation(order);
        int count = (int) Math.min(whole.size() - 1, Math.max(1, Math.round(whole.size() * share)));
        int[] held = Arrays.copyOf(order, count);
        int[] training = Arrays.copyOfRange(order, count, order.length);
        Arrays.sort(held);
        Arrays.sort(training);
        return new Split(Subset.of(whole, training), Subset.of(whole, held));
    }
}
