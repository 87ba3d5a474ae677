package dev.fovea.ops.recipe;

import java.util.Optional;

/**
 * How a phase treats gradients and weights beside its optimizer, when it ends, and what it keeps.
 *
 * @param clipValue the bound on each element of the gradients, if any
 * @param accumulate the batches whose gradients together move the parameters once, at least 1
 * @param average the share that the moving average of the weights keeps at each update; empty for no average
 * @param stop when to end before the last epoch, if ever
 * @param keepBest the figure by which an epoch's weights are the best, and are those the phase ends with: a metric's name or {@code loss};
 *     empty for those of the last epoch
 * @param checkpointEvery after how many epochs a checkpoint is kept for good; empty for never
 */
public record Regime(
        Optional<Float> clipValue,
        int accumulate,
        Optional<Float> average,
        Optional<Stop> stop,
        Optional<String> keepBest,
        Optional<Integer> checkpointEvery) {
    /** The name of the figure that is no metric. */
    public static final String LOSS = "loss";

    /** Nothing of it. */
    public static final Regime PLAIN =
            new Regime(Optional.empty(), 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks the number of batches. */
    public Regime {
        if (accumulate < 1) {
            throw new IllegalArgumentException("a gradient is of at least 1 batch, not " + accumulate);
        }
    }

    /**
     * Whether a layer can be trained by itself so: without averages, the best epoch's weights and sums over batches, for they are of the
     * model's weights alone, and a layer goes with the decoder it was trained with.
     */
    public boolean suitsLayer() {
        return accumulate == 1 && average.isEmpty() && keepBest.isEmpty();
    }

    /** How many times the memory of the trainable parameters it takes. */
    public int slots() {
        return (accumulate > 1 ? 1 : 0) + (average.isPresent() ? 1 : 0);
    }

    /**
     * When a phase ends early: after so many epochs in a row without a better figure, as Keras's EarlyStopping.
     *
     * @param metric a metric's name or {@code loss}, on the samples set aside, or where there are none on those trained with
     * @param patience the epochs
     * @param minDelta by how much a figure must be better to count
     */
    public record Stop(String metric, int patience, float minDelta) {}
}
