package dev.fovea.runtime.model;

import dev.fovea.ops.Shape;

/**
 * A tensor of a generated class and its places in the two plans.
 *
 * @param shape per sample
 * @param value in the arena for training
 * @param gradient in the arena for training; {@link Slot#NONE} for the model's inputs
 * @param inference in the arena for inference; {@link Slot#NONE} for train-only tensors
 */
public record Tensor(Shape shape, Slot value, Slot gradient, Slot inference) {
    /**
     * A tensor whose samples lie one behind the other.
     *
     * @param value offset of the value in the arena for training
     * @param gradient offset of the gradient, −1 for none
     * @param inference offset of the value in the arena for inference, −1 for none
     */
    public static Tensor of(Shape shape, long value, long gradient, long inference) {
        return new Tensor(shape, slot(shape, value), slot(shape, gradient), slot(shape, inference));
    }

    private static Slot slot(Shape shape, long offset) {
        return offset < 0 ? Slot.NONE : Slot.dense(offset, shape.size());
    }
}
