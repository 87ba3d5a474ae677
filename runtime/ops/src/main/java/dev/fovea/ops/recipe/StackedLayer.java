package dev.fovea.ops.recipe;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.Optional;

/**
 * A layer that is to be trained by itself, as it stands in a model.
 *
 * @param name its whole dotted name
 * @param op what it computes
 * @param activation the element-wise function directly behind it, if any: layer and activation make the code
 * @param input the shape of what it reads
 * @param code the shape of what it gives
 * @param before the operator whose values it reads, views and what acts only while training left out; empty for an input of the
 *     model
 */
public record StackedLayer(String name, Op op, Optional<Op> activation, Shape input, Shape code, Optional<Op> before) {}
