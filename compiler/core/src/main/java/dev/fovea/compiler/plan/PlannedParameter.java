package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.GraphParameter;

/**
 * A parameter and its place.
 *
 * @param offset among the trainable parameters, or among the others, in floats
 */
public record PlannedParameter(GraphParameter parameter, long offset) {}
