package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Scratch;
import org.jspecify.annotations.Nullable;

/** A product of a weight and the implicit matrix of a {@link Gather}, by one way or another. */
interface Product {
    /**
     * Computes the outputs of the first samples.
     *
     * @param weights of each group a row for each output channel, one after the other
     * @param biases one for each output channel of all groups, or null
     */
    void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt);

    /** Which way it is, in a word for people: {@code winograd}. */
    String algorithm();

    /** What becomes of the sums. */
    Finish finish();

    /** Whether the weights of each group come turned around, a row for each term of the sum: what a gradient's product has is the weight itself. */
    default boolean takesTurned() {
        return false;
    }

    /** The length of the form in which the weight is multiplied; 0 when that is how it comes. */
    default long formFloats() {
        return 0;
    }

    /** What tells the form from others of the same length. */
    default Object formKey() {
        return getClass();
    }

    /** Brings the weight into its form, from {@code formAt} on. Only where {@link #formFloats} is not 0. */
    default void form(float[] weights, int weightsAt, float[] form, int formAt) {
        throw new IllegalStateException("the weight is taken as it comes");
    }

    /** As {@link #run}, the weight being in its form; where there is none it is {@code run}. */
    default void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesAt) {
        run(samples, form, formAt, biases, biasesAt);
    }

    /**
     * As {@link #run}, whether there is a form or not: the weight is brought into it first.
     *
     * @param room as long as the form at least
     */
    default void runUnformed(
            int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt, Scratch room) {
        if (formFloats() == 0) {
            run(samples, weights, weightsAt, biases, biasesAt);
        } else {
            form(weights, weightsAt, room.of(0), 0);
            runFormed(samples, room.of(0), 0, biases, biasesAt);
        }
    }
}
