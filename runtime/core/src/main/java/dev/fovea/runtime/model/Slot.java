package dev.fovea.runtime.model;

/**
 * A place in the arena, planned at compile time in floats of one sample: in an arena for {@code n} samples the tensor
 * begins at {@code offset · n}.
 *
 * @param offset where it begins, for a batch of one
 * @param stride from one sample to the next; larger than the tensor when it is a slice of a wider one
 */
public record Slot(long offset, long stride) {
    /** No place: the tensor does not exist in this plan. */
    public static final Slot NONE = new Slot(-1, 0);

    /** Whether there is a place. */
    public boolean exists() {
        return offset >= 0;
    }
}
