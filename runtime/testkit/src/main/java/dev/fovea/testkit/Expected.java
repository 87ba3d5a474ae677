package dev.fovea.testkit;

import dev.fovea.ops.Op;
import dev.fovea.testkit.oracle.Call;
import dev.fovea.testkit.oracle.DoubleTensor;
import dev.fovea.testkit.oracle.Oracle;
import dev.fovea.testkit.oracle.Oracles;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a case must give: the output and the state in full, gradients for all elements or some. */
final class Expected {
    private static final double STEP = 1e-5;
    /** What rounding in double and the third derivative leave of a difference quotient, relative to the output. */
    private static final double DIFFERENCE_NOISE = 4e-9;
    /** Roundings of a gradient besides those of the sum: of the derivative itself. */
    private static final int DERIVATIVE = 8;
    /** A bound on the second derivative of an activation. */
    private static final double CURVATURE = 2;

    private final Bare bare;
    private final double[] bareTolerance;
    private final float[] upstream;
    private final Optional<Op> activation;
    private final double[] output;

    /** Some elements of a tensor, or all. */
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
        this(of, new Bare(of, training));
    }

    Expected(OpCase of, Bare bare) {
        this.bare = bare;
        this.bareTolerance = bare.tolerance();
        this.upstream = of.upstream();
        this.activation = of.activation();
        this.output = activation
                .map(op -> activated(op, bare.output()).values())
                .orElse(bare.output().values());
    }

    private static DoubleTensor activated(Op activation, DoubleTensor y) {
        return Oracles.of(activation).forward(behind(activation, y));
    }

    private static Call<Op> behind(Op activation, DoubleTensor y) {
        return new Call<>(activation, List.of(y), List.of(), true);
    }

    /** The output, activation included. */
    Elements output() {
        double[] tolerance = bareTolerance.clone();
        double[] slopes = activationSlopes();
        for (int i = 0; i < tolerance.length; i++) {
            tolerance[i] *= Math.max(1, Math.abs(slopes[i])); // selu and scaled_tanh stretch
        }
        activation.ifPresent(op -> {
            Oracle<Op> oracle = Oracles.of(op);
            Call<Op> call = behind(op, bare.output());
            double[] own = oracle.magnitude(call).values();
            for (int i = 0; i < tolerance.length; i++) {
                tolerance[i] += Bound.of(oracle.terms(call) + 1, own[i]);
            }
        });
        return new Elements(IntStream.range(0, output.length).toArray(), output, tolerance);
    }

    /** The output before the activation. */
    DoubleTensor bareOutput() {
        return bare.output();
    }

    /** The parameters after forward. */
    Elements stateAfter(int parameter) {
        Call<Op> call = bare.call();
        double[] values = bare.oracle().stateAfter(call).get(parameter).values();
        double[] before = call.parameters().get(parameter).values();
        double[] tolerance = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            tolerance[i] = values[i] == before[i] ? 0 : Bound.of(bare.oracle().terms(call), Math.abs(values[i]) + 1);
        }
        return new Elements(IntStream.range(0, values.length).toArray(), values, tolerance);
    }

    /** The gradient of Σ output·upstream with respect to an input. */
    Elements inputGradient(int input) {
        return gradient(bare.ofInput(input));
    }

    /** The gradient with respect to a parameter. */
    Elements parameterGradient(int parameter) {
        return gradient(bare.ofParameter(parameter));
    }

    private Elements gradient(Slopes slopes) {
        double[] bend = activationSlopes();
        double[] values = new double[slopes.indices().length];
        double[] tolerance = new double[values.length];
        double cancelling = bare.oracle().cancelling(bare.call());
        for (int i = 0; i < values.length; i++) {
            int[] outputs = slopes.outputs(i);
            double magnitude = 0;
            double slack = 0;
            for (int k = 0; k < outputs.length; k++) {
                int o = outputs[k];
                double term = slopes.slopes(i)[k] * upstream[o];
                values[i] += term * bend[o];
                magnitude += Math.abs(term * bend[o]);
                slack += DIFFERENCE_NOISE * (1 + Math.abs(bare.output().values()[o])) * Math.abs(upstream[o]);
                if (activation.isPresent()) {
                    // its slope is worked out from its output: near saturation few of the slope's digits are left
                    slack += (Bound.of(2, 1) + CURVATURE * bareTolerance[o]) * Math.abs(term);
                }
            }
            int terms = bare.oracle().terms(bare.call()) + DERIVATIVE + outputs.length;
            tolerance[i] = Bound.of(terms, magnitude + cancelling) + slack;
        }
        return new Elements(slopes.indices(), values, tolerance);
    }

    /** The activation's derivative at each element; 1 without one. */
    private double[] activationSlopes() {
        double[] slopes = new double[output.length];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = 1;
        }
        activation.ifPresent(op -> {
            double[] above = activated(op, bare.output().map(y -> y + STEP)).values();
            double[] below = activated(op, bare.output().map(y -> y - STEP)).values();
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = (above[i] - below[i]) / (2 * STEP);
            }
        });
        return slopes;
    }
}
