package dev.fovea.ops;

/**
 * A parameter that an operator uses in place of one of its own, which has the same name and shape. Both uses add to its
 * gradient; it is stored, counted and updated once.
 *
 * @param layer the whole dotted name of the layer that owns it
 * @param parameter the last segment of its name: {@code weight}
 */
public record Borrowed(String layer, String parameter) {}
