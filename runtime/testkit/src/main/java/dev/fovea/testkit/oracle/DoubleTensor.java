package dev.fovea.testkit.oracle;

import dev.fovea.ops.Shape;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A dense array of doubles. Axis 0 is the batch, or the first axis of a parameter; the last axis runs fastest. */
public final class DoubleTensor {
    private final int[] extents;
    private final double[] values;

    private DoubleTensor(int[] extents, double[] values) {
        this.extents = extents;
        this.values = values;
    }

    /** Zeros of the given extents. */
    public static DoubleTensor of(int... extents) {
        int size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        return new DoubleTensor(extents.clone(), new double[size]);
    }

    /** Zeros for a batch of samples of a shape. */
    public static DoubleTensor batch(int samples, Shape shape) {
        int[] extents = new int[shape.rank() + 1];
        extents[0] = samples;
        for (int axis = 0; axis < shape.rank(); axis++) {
            extents[axis + 1] = shape.extent(axis);
        }
        return of(extents);
    }

    /** The extent of an axis, 1 beyond the last. */
    public int extent(int axis) {
        return axis < extents.length ? extents[axis] : 1;
    }

    /** The number of axes, the batch's included. */
    public int rank() {
        return extents.length;
    }

    /** The shape of one sample: all axes but the first. */
    public Shape sampleShape() {
        return Shape.of(Arrays.copyOfRange(extents, 1, extents.length));
    }

    /** The elements from one index of axis 0 to the next. */
    public int sampleSize() {
        return values.length / extents[0];
    }

    /** The elements themselves, not a copy. */
    public double[] values() {
        return values;
    }

    /** An element by the indices of up to four axes; those that are not there are 0. */
    public double at(int i, int j, int k, int l) {
        return values[index(i, j, k, l)];
    }

    /** Changes an element, see {@link #at}. */
    public void set(int i, int j, int k, int l, double value) {
        values[index(i, j, k, l)] = value;
    }

    /** The same with every element mapped. */
    public DoubleTensor map(DoubleUnaryOperator function) {
        return new DoubleTensor(extents, Arrays.stream(values).map(function).toArray());
    }

    /** The same with other elements. */
    public DoubleTensor with(double[] elements) {
        if (elements.length != values.length) {
            throw new IllegalArgumentException(elements.length + " elements for " + this);
        }
        return new DoubleTensor(extents, elements);
    }

    private int index(int i, int j, int k, int l) {
        return ((i * extent(1) + j) * extent(2) + k) * extent(3) + l;
    }

    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
