package dev.fovea.runtime.model;

/**
 * A place in the arena, planned at compile time in floats of one sample. In an arena for {@code n} samples the tensor
 * begins at {@code offset · n + within}, or, where a device keeps the tensors of a sample together, at {@code offset + within} of each sample.
 *
 * @param offset where its block begins, for a batch of one
 * @param within where in each sample of the block it begins: not 0 for a piece of a wider tensor
 * @param stride from one sample of the block to the next; larger than the tensor when it is a piece of a wider one. Where samples are kept together all have the arena's instead
 */
public record Slot(long offset, long within, long stride) {
    /** No place: the tensor does not exist in this plan. */
    public static final Slot NONE = new Slot(-1, 0, 0);

    /** A place whose samples lie one behind the other. */
    public static Slot dense(long offset, long size) {
        return new Slot(offset, 0, size);
    }

    /** Whether there is a place. */
    public boolean exists() {
        return offset >= 0;
    }
}
