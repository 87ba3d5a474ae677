package dev.fovea.testkit;

import dev.fovea.testkit.oracle.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The derivatives of an output with respect to some elements of a tensor, or all, by central differences: for each the
 * elements of the output that depend on it.
 */
final class Slopes {
    private static final double STEP = 1e-5;
    /** Multiply-adds spent on one tensor; where that is not enough, elements are drawn by lot. */
    private static final double BUDGET = 3e7;

    private static final int LEAST_ELEMENTS = 24;

    private final int[] indices;
    private final List<int[]> outputs = new ArrayList<>();
    private final List<double[]> slopes = new ArrayList<>();

    private Slopes(int[] indices) {
        this.indices = indices;
    }

    /**
     * The slopes at a point.
     *
     * @param cost of one forward pass, in multiply-adds
     */
    static Slopes of(DoubleTensor at, UnaryOperator<DoubleTensor> forward, double cost) {
        Slopes all = new Slopes(choose(at.values().length, 2 * cost));
        for (int index : all.indices) {
            double[] above = forward.apply(moved(at, index, STEP)).values();
            double[] below = forward.apply(moved(at, index, -STEP)).values();
            int[] changed = IntStream.range(0, above.length)
                    .filter(o -> above[o] != below[o])
                    .toArray();
            double[] slope = new double[changed.length];
            for (int i = 0; i < changed.length; i++) {
                slope[i] = (above[changed[i]] - below[changed[i]]) / (2 * STEP);
            }
            all.outputs.add(changed);
            all.slopes.add(slope);
        }
        return all;
    }

    /** No derivative at all: nothing depends on the tensor. */
    static Slopes none(DoubleTensor at) {
        Slopes all = new Slopes(IntStream.range(0, at.values().length).toArray());
        for (int i = 0; i < all.indices.length; i++) {
            all.outputs.add(new int[0]);
            all.slopes.add(new double[0]);
        }
        return all;
    }

    private static DoubleTensor moved(DoubleTensor tensor, int index, double by) {
        double[] values = tensor.values().clone();
        values[index] += by;
        return tensor.with(values);
    }

    private static int[] choose(int size, double cost) {
        int affordable = (int) Math.max(LEAST_ELEMENTS, BUDGET / cost);
        if (size <= affordable) {
            return IntStream.range(0, size).toArray();
        }
        return new Random(size)
                .ints(0, size)
                .distinct()
                .limit(affordable)
                .sorted()
                .toArray();
    }

    /** The elements of the tensor that were moved. */
    int[] indices() {
        return indices;
    }

    /** The elements of the output that depend on the i-th of {@link #indices}. */
    int[] outputs(int i) {
        return outputs.get(i);
    }

    /** How much each of them does. */
    double[] slopes(int i) {
        return slopes.get(i);
    }
}
