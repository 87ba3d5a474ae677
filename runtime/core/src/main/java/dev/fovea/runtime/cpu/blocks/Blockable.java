package dev.fovea.runtime.cpu.blocks;

import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import java.util.List;

/** A kernel whose inputs and output may lie in channel blocks when the model only infers. */
public interface Blockable extends Kernel {
    /** Whether it can: what holds for one case of its operator need not for another. Asked when all that it absorbs is known. */
    default boolean canBlock() {
        return true;
    }

    /** Whether the input and the output may lie in different orders; else all inputs and the output are in blocks, or none is. */
    default boolean reorders() {
        return false;
    }

    /** What it gains by having its tensors in blocks, in multiply-adds it could do in that time; negative where it loses. */
    default double gain() {
        return 0;
    }

    /** What it reads beside its inputs, in the output's order: tensors that are added to it. */
    default List<Region> besides() {
        return List.of();
    }

    /** Says how its tensors lie, before it first runs; planar where this is not called. */
    void lay(boolean inputInBlocks, boolean outputInBlocks);
}
