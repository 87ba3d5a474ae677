package dev.fovea.runtime.model;

import dev.fovea.ops.Parameter;

/**
 * A parameter of a generated class.
 *
 * @param name its whole dotted name, as in the file of weights: {@code conv1.weight}
 * @param parameter shape, role and initialiser
 * @param offset in the memory of the trainable parameters, or of the state for the other roles, in floats
 * @param trainOnly whether only train-only outputs need it: absent at inference
 */
public record ModelParameter(String name, Parameter parameter, long offset, boolean trainOnly) {}
