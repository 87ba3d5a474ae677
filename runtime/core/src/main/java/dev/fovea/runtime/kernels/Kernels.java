package dev.fovea.runtime.kernels;

import dev.fovea.ops.recipe.Optimizer;
import java.util.List;
import java.util.Optional;

/** A device that runs operators: the CPU's SIMD units or an OpenCL device. Owned by one model, used by one thread. */
public interface Kernels extends AutoCloseable {
    /** One line for people: {@code CPU, 2 threads, 16 lanes}. */
    String description();

    /**
     * Memory on the device, filled with zeros, owned by the caller.
     *
     * @param purpose what for, to stand in the message when there is not enough: {@code activations}
     * @throws DeviceFullException when the device has not so much
     */
    Memory allocate(String purpose, long floats);

    /**
     * The same for memory that is reached only by {@link Memory#piece}: it may be longer than what the device hands out at once.
     *
     * @throws DeviceException when the device has not so much
     */
    default Memory allocateInPieces(String purpose, long floats) {
        return allocate(purpose, floats);
    }

    /**
     * Whether all tensors of a sample should lie together in the memory for activations, sample behind sample, rather than all samples of a
     * tensor. Where each thread has its own samples, what the threads write then lies apart, whichever tensors take turns in a place.
     * Not for a device that cuts what it gives out by {@link #allocateInPieces}.
     */
    default boolean keepsSamplesTogether() {
        return false;
    }

    /**
     * A kernel for one operator on these tensors.
     *
     * @throws DeviceException when the device cannot prepare it
     */
    Kernel bind(Binding binding);

    /**
     * The update of parameters by an optimizer.
     *
     * @throws DeviceException when the device cannot prepare it
     */
    Update bind(Optimizer optimizer, UpdateBinding binding);

    /**
     * Counts of how scores hit their labels, kept on the device; none where it is as well to look at the scores themselves.
     *
     * @param prediction scores, {@code [n]} or {@code [n, H, W]} a sample
     * @param target the class of each position, {@code [1]} or {@code [H, W]} a sample
     * @param capacity the largest batch
     * @param pairs whether what was taken for what is counted too
     * @throws DeviceFullException when the device has not so much memory
     */
    default Optional<ClassCounts> classCounts(Operand prediction, Operand target, int capacity, boolean pairs) {
        return Optional.empty();
    }

    /** The sum of the squares of a range of memory, in a fixed order; for gradient clipping and checks. */
    double sumOfSquares(Memory memory, long offset, long length);

    /** Multiplies a range of memory by a factor. */
    void scale(Memory memory, long offset, long length, float factor);

    /** Bounds a range of memory: each element to between −most and most; a NaN stays one. */
    void clamp(Memory memory, long offset, long length, float most);

    /**
     * {@code target = keep·target + share·source} over the same range of two memories; where {@code keep} is 0 what the target holds
     * does not count, be it NaN.
     */
    void blend(Memory target, Memory source, long offset, long length, float keep, float share);

    /** Whether kernels can be bound to memory that another of its kind has allocated, and read it while the other does. */
    default boolean sharesMemory() {
        return false;
    }

    /**
     * All kernels of a model are bound, the model will only infer, and of what they write only this is read from outside: how anything else
     * lies in memory is the device's own affair. Called before {@link #ready}, where it is true; not to be passed on by who looks at
     * what lies between the layers.
     *
     * @param results the model's outputs, each where it lies when all kernels have run
     */
    default void infers(List<Operand> results) {}

    /**
     * All kernels of a model that trains are bound, a step runs them in their order and backward in reverse, and between two of them nobody
     * looks at a gradient: one may do what another would do later. Of what they write only the results, their gradients and those of parameters are looked at from outside: how anything
     * else lies in memory is the device's own affair, a tensor's gradient as the tensor. When backward has run every gradient is what it is without this, but for the order of
     * additions and where one of several NaNs went. Called before {@link #ready}, where it is true; not to be passed on by who looks at what lies between the layers.
     *
     * @param results the model's outputs, whose gradients may be set from outside; theirs are not named here
     */
    default void trains(List<Operand> results) {}

    /**
     * All kernels of a model are bound: what they keep in memory of their own they take now, so that a lack of it shows before anything
     * runs.
     *
     * @throws DeviceException when there is not enough
     */
    default void ready() {}

    /**
     * From now on what is written to memory, up to so many floats at a time, is moved to the device while it still does what was asked for
     * before, if that saves time and there is room for them. It makes no difference to what is read or computed.
     *
     * @param floats between two moments at which somebody waits for the device; 0 gives the room back
     */
    default void writeAhead(long floats) {}

    /** Bytes of workspace the device holds beside the memory handed out: packing panels and the like. */
    long workspaceBytes();

    /** Waits until all that was asked for has been done. */
    void finish();

    /** Frees the device and every kernel bound on it; memory handed out is closed by its owner before. */
    @Override
    void close();
}
