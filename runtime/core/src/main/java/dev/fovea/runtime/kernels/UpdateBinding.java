package dev.fovea.runtime.kernels;

import java.util.List;

/**
 * What an optimizer works on. The three memories have the same layout: the parameter at {@code i} has its gradient at
 * {@code i} and slot {@code s} of its state at {@code s·slotLength + i}.
 *
 * @param parameters the parameters
 * @param gradients their gradients
 * @param state the optimizer's own slots, zeros at the start
 * @param slotLength the length of one slot
 * @param ranges the parts to move; what is frozen lies in none
 */
public record UpdateBinding(Memory parameters, Memory gradients, Memory state, long slotLength, List<Range> ranges) {
    /** Copies the list. */
    public UpdateBinding {
        ranges = List.copyOf(ranges);
    }

    /** A part of the parameters, in floats. */
    public record Range(long offset, long length) {}
}
