package dev.fovea.runtime.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How samples become batches.
 *
 * @param batchSize the samples in a batch; the last one of an epoch may have fewer
 * @param shuffleSeed the seed by which each epoch gets an order of its own; empty for the data set's order
 * @param seed the seed of the transforms
 * @param pipelines what happens to the fields, at most one a field
 * @param mixing whether the samples of a batch are mixed in the end
 */
public record BatchPlan(
        int batchSize, OptionalLong shuffleSeed, long seed, List<Pipeline> pipelines, Optional<Mixing> mixing) {
    public BatchPlan {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one sample, not " + batchSize);
        }
        pipelines = List.copyOf(pipelines);
        if (pipelines.stream().map(Pipeline::field).distinct().count() != pipelines.size()) {
            throw new IllegalArgumentException("a field has two pipelines");
        }
    }

    /** The data set's own order, nothing transformed. */
    public static BatchPlan inOrder(int batchSize) {
        return new BatchPlan(batchSize, OptionalLong.empty(), 0, List.of(), Optional.empty());
    }

    /** For training: shuffled and transformed. */
    public static BatchPlan training(int batchSize, long seed, List<Pipeline> pipelines) {
        return new BatchPlan(batchSize, OptionalLong.of(seed), seed, pipelines, Optional.empty());
    }

    /** The same, with batches whose samples are mixed. */
    public BatchPlan with(Mixing mixed) {
        return new BatchPlan(batchSize, shuffleSeed, seed, pipelines, Optional.of(mixed));
    }

    /** For testing with the same input as in training: in order, and without what only varies the pictures. */
    public BatchPlan atEvaluation() {
        return new BatchPlan(
                batchSize,
                OptionalLong.empty(),
                seed,
                pipelines.stream().map(Pipeline::atEvaluation).toList(),
                Optional.empty());
    }
}
