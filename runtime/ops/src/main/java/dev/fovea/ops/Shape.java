package dev.fovea.ops;

import java.util.Arrays;
import java.util.List;

/**
 * The extents of a tensor. Activations are written per sample, without the batch axis: {@code [C, H, W]} for images,
 * {@code [N]} for vectors; parameters have PyTorch's layouts. Immutable; every extent is at least 1.
 */
public final class Shape {
    private final int[] extents;

    private Shape(int[] extents) {
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("an extent must be at least 1: " + Arrays.toString(extents));
            }
        }
        this.extents = extents;
    }

    /** A shape of the given extents, each at least 1. */
    public static Shape of(int... extents) {
        return new Shape(extents.clone());
    }

    /** A shape of the given extents, each at least 1. */
    public static Shape of(List<Integer> extents) {
        return new Shape(extents.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The number of axes. */
    public int rank() {
        return extents.length;
    }

    /** The extent of one axis, counted from 0. */
    public int extent(int axis) {
        return extents[axis];
    }

    /** The extents as a list. */
    public List<Integer> extents() {
        return Arrays.stream(extents).boxed().toList();
    }

    /** The number of elements; 1 for rank 0. Never wraps: throws {@link ArithmeticException} beyond 64 bits. */
    public long size() {
        long size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    /** The first extent: C of {@code [C, H, W]}, N of {@code [N]}. */
    public int channels() {
        return extents[0];
    }

    /** H of {@code [C, H, W]}; 1 for a vector. */
    public int height() {
        return extents.length > 1 ? extents[1] : 1;
    }

    /** W of {@code [C, H, W]}; 1 for a vector. */
    public int width() {
        return extents.length > 2 ? extents[2] : 1;
    }

    /** The elements of one channel: H·W, 1 for a vector; throws {@link ArithmeticException} beyond 32 bits. */
    public int area() {
        return Math.multiplyExact(height(), width());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** As the language writes it: {@code [6, 28, 28]}. */
    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
