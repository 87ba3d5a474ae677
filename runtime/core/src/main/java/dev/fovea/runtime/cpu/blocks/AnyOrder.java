package dev.fovea.runtime.cpu.blocks;

/** A kernel that is right whatever the order, as long as all its tensors have the same: it need not know. */
public interface AnyOrder extends Blockable {
    @Override
    default void lay(boolean inputInBlocks, boolean outputInBlocks) {}
}
