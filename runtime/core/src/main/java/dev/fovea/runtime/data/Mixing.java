package dev.fovea.runtime.data;

import dev.fovea.runtime.random.BetaNumbers;
import dev.fovea.runtime.random.RandomStream;
import java.util.Set;

/**
 * That the samples of a batch are mixed in pairs; see {@link dev.fovea.ops.recipe.Mixup}.
 *
 * @param alpha of the Beta distribution of the shares
 * @param fields the names of those whose numbers are mixed; who compares with another field mixes what comes of that, by {@link Batch#share}
 */
public record Mixing(float alpha, Set<String> fields) {
    /** Copies the set. */
    public Mixing {
        fields = Set.copyOf(fields);
        if (!(alpha > 0)) {
            throw new IllegalArgumentException("alpha must be positive, not " + alpha);
        }
    }

    /** The share of its own numbers that each sample of a batch keeps: a function of the seed, the epoch and the batch's number alone. */
    float share(RandomStream ofBatch) {
        return (float) BetaNumbers.symmetric(ofBatch.child(0), alpha);
    }

    /** With which sample of its batch each is mixed, itself perhaps. */
    void partners(RandomStream ofBatch, int[] partners) {
        ofBatch.child(1).permutation(partners);
    }
}
