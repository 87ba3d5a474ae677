package dev.fovea.runtime.model;

import dev.fovea.ops.Shape;

/**
 * An input or output of a model.
 *
 * @param trainOnly whether it exists only while training
 */
public record Port(String name, Tensor tensor, boolean trainOnly) {
    /** Per sample. */
    public Shape shape() {
        return tensor.shape();
    }
}
