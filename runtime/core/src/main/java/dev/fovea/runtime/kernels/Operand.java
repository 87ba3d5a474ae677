package dev.fovea.runtime.kernels;

import dev.fovea.ops.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An input or the output of a bound operator.
 *
 * @param shape per sample
 * @param value where the values lie
 * @param gradient where the gradient lies; null when nobody asks for it (a picture) or the model was built for inference.
 *     An input may share its regions with the output when the operator is {@link dev.fovea.ops.Trait#IN_PLACE}
 */
public record Operand(Shape shape, Region value, @Nullable Gradient gradient) {}
