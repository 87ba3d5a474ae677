package dev.fovea.ops;

/**
 * What forward keeps for backward beside inputs and output, in floats.
 *
 * @param perSample for each sample of the batch: the winners of a max pooling
 * @param perBatch once: the statistics of a batch norm
 */
public record Saved(long perSample, long perBatch) {
    /** Nothing. */
    public static final Saved NOTHING = new Saved(0, 0);
}
