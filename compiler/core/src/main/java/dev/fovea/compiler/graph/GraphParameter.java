package dev.fovea.compiler.graph;

import dev.fovea.ops.Parameter;

/**
 * A parameter of the model.
 *
 * @param name its whole dotted name: {@code layer1.0.conv1.weight}
 * @param parameter shape, role and initialiser
 * @param trainOnly whether only train-only outputs need it
 */
public record GraphParameter(String name, Parameter parameter, boolean trainOnly) {}
