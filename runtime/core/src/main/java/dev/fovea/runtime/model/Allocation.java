package dev.fovea.runtime.model;

import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import java.util.ArrayDeque;
import java.util.Deque;

/** Memory taken so far, to be given back together when a later request fails. */
final class Allocation implements AutoCloseable {
    private final Kernels kernels;
    private final Deque<Memory> taken = new ArrayDeque<>();

    Allocation(Kernels kernels) {
        this.kernels = kernels;
    }

    /** A block of at least one float: devices refuse empty ones. */
    Memory take(String purpose, long floats) {
        Memory memory = kernels.allocate(purpose, Math.max(1, floats));
        taken.push(memory);
        return memory;
    }

    /** The same for memory that is used in pieces. */
    Memory takeInPieces(String purpose, long floats) {
        Memory memory = kernels.allocateInPieces(purpose, Math.max(1, floats));
        taken.push(memory);
        return memory;
    }

    @Override
    public void close() {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }
}
