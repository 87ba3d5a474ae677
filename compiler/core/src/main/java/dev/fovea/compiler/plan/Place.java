package dev.fovea.compiler.plan;

/**
 * Where a tensor lies in an arena: in an arena for {@code n} samples it begins at {@code offset · n}.
 *
 * @param offset in floats, for a batch of one
 * @param stride from one sample to the next, in floats
 */
public record Place(long offset, long stride) {}
