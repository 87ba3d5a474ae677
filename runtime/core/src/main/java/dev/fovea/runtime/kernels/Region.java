package dev.fovea.runtime.kernels;

/**
 * Where a tensor lies. Sample {@code i} begins at {@code offset + i·stride}; its elements are contiguous in the layout of
 * its shape. A stride larger than the tensor makes it a slice of a wider one (a producer that writes into its part of a
 * concat), or one of several tensors of a sample that lie together; stride 0 is a tensor that does not depend on the batch (a parameter).
 *
 * @param memory the block
 * @param offset of sample 0, in floats
 * @param stride from one sample to the next, in floats
 */
public record Region(Memory memory, long offset, long stride) {
    /** Where a sample begins, in floats. */
    public long at(int sample) {
        return offset + sample * stride;
    }
}
