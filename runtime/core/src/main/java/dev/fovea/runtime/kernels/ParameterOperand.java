package dev.fovea.runtime.kernels;

import dev.fovea.ops.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a bound operator.
 *
 * @param parameter name, shape and role
 * @param value where it lies; its stride is 0
 * @param gradient where its gradient goes; null for state and at inference
 */
public record ParameterOperand(
        Parameter parameter, Region value, @Nullable Gradient gradient) {}
