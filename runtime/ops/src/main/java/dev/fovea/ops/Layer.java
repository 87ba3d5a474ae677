package dev.fovea.ops;

/**
 * A layer as an argument names it by its label: what an {@link AttributeType#layer} converts.
 *
 * @param name its whole dotted name
 * @param op what it does
 */
public record Layer(String name, Op op) {}
