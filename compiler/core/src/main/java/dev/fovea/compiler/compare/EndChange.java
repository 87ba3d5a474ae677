package dev.fovea.compiler.compare;

import dev.fovea.ops.Shape;
import java.util.Optional;

/**
 * An input or output that is not as it was.
 *
 * @param word {@code input} or {@code output}
 * @param name its name
 * @param from its shape in the first model; empty where that has none of the name
 * @param to its shape in the second model; empty where that has none of the name
 */
public record EndChange(String word, String name, Optional<Shape> from, Optional<Shape> to) {}
