package dev.fovea.runtime.kernels;

/**
 * What changes from step to step: how many samples, whether training, and where the random numbers are. One object a
 * model, so that a step allocates nothing.
 */
public final class Run {
    private int batch = 1;
    private boolean training;
    private boolean again;
    private int last = Integer.MAX_VALUE;
    private long seed;
    private long step;

    /** Sets all four, for all layers; {@code batch} is at least 1 and at most the capacity of the bindings. */
    public Run set(int samples, boolean train, long randomSeed, long stepNumber) {
        batch = samples;
        training = train;
        again = false;
        last = Integer.MAX_VALUE;
        seed = randomSeed;
        step = stepNumber;
        return this;
    }

    /** The samples in this step. */
    public int batch() {
        return batch;
    }

    /** Whether dropout drops, batch norm uses the batch's statistics and updates the running ones. */
    public boolean training() {
        return training;
    }

    /** Until {@link #set} is called again only the layers up to one run, by their numbers in the order of forward; this. */
    public Run upTo(int layer) {
        last = layer;
        return this;
    }

    /** Whether the layer of a number runs. */
    public boolean reaches(int layer) {
        return layer <= last;
    }

    /** From now on forward makes again what it made in this step before; this. */
    public Run again() {
        again = true;
        return this;
    }

    /** The end of {@link #again}; this. */
    public Run once() {
        again = false;
        return this;
    }

    /** Whether forward only makes again what it made before in this step: nothing that lasts, like running statistics, moves. */
    public boolean isAgain() {
        return again;
    }

    /** The seed of the run; with {@link #step} the key of all random numbers drawn in it. */
    public long seed() {
        return seed;
    }

    /** The number of the training step, from 0. */
    public long step() {
        return step;
    }
}
