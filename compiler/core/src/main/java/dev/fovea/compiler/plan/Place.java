package dev.fovea.compiler.plan;

/**
 * Where a tensor lies in an arena: in an arena for {@code n} samples it begins at {@code offset · n + within}, or, where a device keeps the
 * tensors of a sample together, at {@code offset + within} of each sample.
 *
 * @param offset of its block, in floats, for a batch of one
 * @param within where in each sample of the block it begins: not 0 for a piece of a wider tensor
 * @param stride from one sample to the next, in floats: the size of the block
 */
public record Place(long offset, long within, long stride) {}
