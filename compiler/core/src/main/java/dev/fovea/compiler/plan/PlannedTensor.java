package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.Node;
import java.util.Optional;

/**
 * A tensor and its places.
 *
 * @param node the node it is the value of
 * @param value in the arena for training
 * @param gradient in the arena for training; empty for inputs of the model
 * @param inference in the arena for inference; empty for what is train-only
 */
public record PlannedTensor(Node node, Place value, Optional<Place> gradient, Optional<Place> inference) {}
