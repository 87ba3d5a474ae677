package dev.fovea.compiler.graph;

import dev.fovea.compiler.source.Span;

/**
 * An output of the model.
 *
 * @param node the id of the node it names
 * @param trainOnly whether it exists only while training
 */
public record Output(String name, int node, boolean trainOnly, Span span) {}
