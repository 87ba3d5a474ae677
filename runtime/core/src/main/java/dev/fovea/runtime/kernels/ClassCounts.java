package dev.fovea.runtime.kernels;

/**
 * Counts, on a device, how well scores of classes hit their labels: batch by batch, without the scores leaving it. What has been counted is
 * read when it is asked for. A label that is no class is not counted.
 */
public interface ClassCounts extends AutoCloseable {
    /** Counts the positions of the first samples that lie in prediction and target now. */
    void add(int batch);

    /**
     * How many positions had so many scores larger than their label's, from 0 to all but one; of equal scores the first counts as larger.
     * Behind them those whose label has NaN for a score. Of what was counted since the last call.
     */
    long[] takeRanks();

    /**
     * For each label, one behind the other, how many of its positions had their largest score at each class, the first of equal ones; behind
     * them those with a NaN among their scores. Of what was counted since the last call; empty where pairs are not counted.
     */
    long[] takePairs();

    /** Frees its memory; to be called before the device is closed. */
    @Override
    void close();
}
