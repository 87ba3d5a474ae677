package dev.fovea.testkit;

import dev.fovea.ops.Op;
import dev.fovea.testkit.oracle.Call;
import dev.fovea.testkit.oracle.DoubleTensor;
import dev.fovea.testkit.oracle.Oracle;
import dev.fovea.testkit.oracle.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a case must give, by its oracle: the output and the state in full, gradients by central differences. */
final class Expected {
    private static final double STEP = 1e-5;
    /** What rounding in double and the third derivative leave of a difference quotient, relative to the output. */
    private static final double DIFFERENCE_NOISE = 4e-9;
    /** Multiply-adds spent on the gradient of one tensor; where that is not enough, elements are drawn by lot. */
    private static final double BUDGET = 1e8;

    private static final int LEAST_ELEMENTS = 24;

    private final OpCase of;
    private final boolean training;
    private final Oracle<Op> oracle;
    private final Call<Op> call;
    private final double[] output;
    private final float[] upstream;

    /** Some elements of a gradient, or all. */
    static final class Elements {
        final int[] indices;
        final double[] values;
        final double[] tolerance;

        Elements(int[] indices, double[] values, double[] tolerance) {
            this.indices = indices;
            this.values = values;
            this.tolerance = tolerance;
        }
    }

    Expected(OpCase of, boolean training) {
        this.of = of;
        this.training = training;
        this.oracle = Oracles.of(of.op());
        this.call = of.call(training);
        this.output = forward(call);
        this.upstream = of.upstream();
    }

    /** The output, activation included. */
    Elements output() {
        DoubleTensor bare = oracle.forward(call);
        double[] magnitude = oracle.magnitude(call).values();
        double[] tolerance = new double[output.length];
        for (int i = 0; i < output.length; i++) {
            tolerance[i] = Bound.of(oracle.terms(call), magnitude[i]);
        }
        if (of.activation().isPresent()) { // whose slope is at most 1
            Op activation = of.activation().get();
            Call<Op> behind = new Call<>(activation, List.of(bare), List.of(), training);
            double[] own = Oracles.of(activation).magnitude(behind).values();
            for (int i = 0; i < output.length; i++) {
                tolerance[i] += Bound.of(Oracles.of(activation).terms(behind) + 1, own[i]);
            }
        }
        return new Elements(IntStream.range(0, output.length).toArray(), output, tolerance);
    }

    /** The shape that really comes out. */
    DoubleTensor bareOutput() {
        return oracle.forward(call);
    }

    /** The parameters after forward. */
    Elements stateAfter(int parameter) {
        double[] values = oracle.stateAfter(call).get(parameter).values();
        double[] tolerance = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            tolerance[i] = training ? Bound.of(oracle.terms(call), Math.abs(values[i]) + 1) : 0;
        }
        return new Elements(IntStream.range(0, values.length).toArray(), values, tolerance);
    }

    /** The gradient of Σ output·upstream with respect to an input. */
    Elements inputGradient(int input) {
        return differences(call.inputs().get(input), tensor -> replaced(input, tensor, -1, null));
    }

    /** The gradient with respect to a parameter. */
    Elements parameterGradient(int parameter) {
        return differences(call.parameters().get(parameter), tensor -> replaced(-1, null, parameter, tensor));
    }

    private Call<Op> replaced(int input, @Nullable DoubleTensor x, int parameter, @Nullable DoubleTensor p) {
        List<DoubleTensor> inputs = new ArrayList<>(call.inputs());
        List<DoubleTensor> parameters = new ArrayList<>(call.parameters());
        if (x != null) {
            inputs.set(input, x);
        }
        if (p != null) {
            parameters.set(parameter, p);
        }
        return new Call<>(call.op(), inputs, parameters, training);
    }

    private double[] forward(Call<Op> any) {
        DoubleTensor y = oracle.forward(any);
        return of.activation()
                .map(op -> Oracles.of(op).forward(new Call<>(op, List.of(y), List.of(), training)))
                .orElse(y)
                .values();
    }

    private interface Replacing {
        Call<Op> with(DoubleTensor tensor);
    }

    private Elements differences(DoubleTensor tensor, Replacing replacing) {
        int[] chosen = choose(tensor.values().length);
        double[] values = new double[chosen.length];
        double[] tolerance = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            double[] above = forward(replacing.with(moved(tensor, chosen[i], STEP)));
            double[] below = forward(replacing.with(moved(tensor, chosen[i], -STEP)));
            double magnitude = 0;
            double noise = 0;
            int terms = oracle.terms(call) + 8;
            for (int o = 0; o < above.length; o++) {
                double slope = (above[o] - below[o]) / (2 * STEP);
                if (slope != 0) {
                    values[i] += slope * upstream[o];
                    magnitude += Math.abs(slope * upstream[o]);
                    noise += DIFFERENCE_NOISE * (1 + Math.abs(output[o])) * Math.abs(upstream[o]);
                    terms++;
                }
            }
            tolerance[i] = Bound.of(terms, magnitude + oracle.cancelling(call))
                    + noise
                    + saturation(tensor, chosen[i], replacing);
        }
        return new Elements(chosen, values, tolerance);
    }

    /**
     * A fused activation's slope is worked out from its output, which near saturation holds few of the slope's digits: it
     * is off by some roundings of 1, however small it is.
     */
    private double saturation(DoubleTensor tensor, int index, Replacing replacing) {
        if (of.activation().isEmpty()) {
            return 0;
        }
        double[] above =
                oracle.forward(replacing.with(moved(tensor, index, STEP))).values();
        double[] below =
                oracle.forward(replacing.with(moved(tensor, index, -STEP))).values();
        double magnitude = 0;
        for (int o = 0; o < above.length; o++) {
            magnitude += Math.abs((above[o] - below[o]) / (2 * STEP) * upstream[o]);
        }
        return Bound.of(2, magnitude);
    }

    private static DoubleTensor moved(DoubleTensor tensor, int index, double by) {
        double[] values = tensor.values().clone();
        values[index] += by;
        return tensor.with(values);
    }

    private int[] choose(int size) {
        double cost = 2.0 * output.length * (oracle.terms(call) + 4);
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
}
