package dev.fovea.runtime.model;

import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import java.util.function.BiFunction;

/**
 * The memory for activations and their gradients, and where in it a {@link Slot} lies: all samples of a tensor one behind the other, or
 * all tensors of a sample together, as the device likes it, see {@link dev.fovea.runtime.kernels.Kernels#keepsSamplesTogether}.
 */
final class Arena implements AutoCloseable {
    private final Memory memory;
    private final int batch;
    /** From one sample to the next where samples are kept together; 0 where they are not. */
    private final long stride;

    private Arena(Memory memory, int batch, long stride) {
        this.memory = memory;
        this.batch = batch;
        this.stride = stride;
    }

    /**
     * Takes the memory.
     *
     * @param samplesTogether whether the device wants all tensors of a sample together
     * @param floats of a sample, as planned
     * @param take how, by the purpose and the number of floats
     */
    static Arena allocate(boolean samplesTogether, long floats, int batch, BiFunction<String, Long, Memory> take) {
        return new Arena(take.apply("activations", floats * batch), batch, samplesTogether ? floats : 0);
    }

    Region region(Slot slot) {
        if (stride > 0) {
            return new Region(memory, slot.offset() + slot.within(), stride);
        }
        Region block = memory.piece(slot.offset() * batch, slot.stride() * batch, slot.stride());
        return new Region(block.memory(), block.offset() + slot.within(), slot.stride());
    }

    @Override
    public void close() {
        memory.close();
    }
}
