package dev.fovea.runtime.cpu.blocks;

import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import java.util.List;

/**
 * A kernel whose inputs and output may lie in channel blocks. Where the model trains their gradients lie as they do.
 *
 * <p>Of a tensor whose two orders are the same, one that is no image or has one pixel, nothing is decided: a kernel reads and writes it as
 * ever, whatever {@link #lay} says.
 */
public interface Blockable extends Kernel {
    /**
     * Whether it can: what holds for one case of its operator need not for another. Asked when all that it absorbs is known. An output whose
     * channels are no whole number of blocks stays planar in any case.
     */
    default boolean canBlock() {
        return true;
    }

    /** Whether the input and the output may lie in different orders; else all inputs and the output are in blocks, or none is. */
    default boolean reorders() {
        return false;
    }

    /**
     * What it gains by having its tensors in blocks, in multiply-adds it could do in that time; negative where it loses.
     *
     * @param inputInBlocks whether the input would be; if it is the only one, the other has to be turned around on the way
     * @param outputInBlocks whether the output would be
     */
    default double gain(boolean inputInBlocks, boolean outputInBlocks) {
        return 0;
    }

    /**
     * What it reads beside its inputs, in the output's order and shape: tensors that are added to it. Asked also where it cannot block. A kernel
     * that {@linkplain Kernel#absorb absorbs} others must say so: what is not known to be read may come to lie in blocks.
     */
    default List<Region> besides() {
        return List.of();
    }

    /**
     * Says how its tensors lie, before it first runs; planar where this is not called.
     *
     * @param inputInBlocks whether all inputs are in blocks. A kernel that does not {@linkplain #reorders reorder} is told the same of both: how
     *     those of its tensors lie whose order matters, be it only the input's (the mean of each channel)
     * @param outputInBlocks whether the output is; where a kernel reorders, false of what has one order only, and so of the inputs
     */
    void lay(boolean inputInBlocks, boolean outputInBlocks);
}
