package dev.fovea.testkit;

import dev.fovea.ops.Op;
import dev.fovea.testkit.oracle.Call;
import dev.fovea.testkit.oracle.DoubleTensor;
import dev.fovea.testkit.oracle.Oracle;
import dev.fovea.testkit.oracle.Oracles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the oracle says of an operator on given numbers, without an activation behind it: the output and how it changes
 * with each operand. Worked out once for all tests of a sample.
 */
final class Bare {
    private final Oracle<Op> oracle;
    private final Call<Op> call;
    private final DoubleTensor output;
    private final Map<Integer, Slopes> ofInputs = new HashMap<>();
    private final Map<Integer, Slopes> ofParameters = new HashMap<>();

    Bare(OpCase of, boolean training) {
        this.oracle = Oracles.of(of.op());
        this.call = of.call(training);
        this.output = oracle.forward(call);
    }

    DoubleTensor output() {
        return output;
    }

    Call<Op> call() {
        return call;
    }

    Oracle<Op> oracle() {
        return oracle;
    }

    /** The bound on a float kernel's error in each element of the output. */
    double[] tolerance() {
        double[] magnitude = oracle.magnitude(call).values();
        double[] tolerance = new double[magnitude.length];
        for (int i = 0; i < tolerance.length; i++) {
            tolerance[i] = Bound.of(oracle.terms(call), magnitude[i]);
        }
        return tolerance;
    }

    /** How the output changes with an input. */
    synchronized Slopes ofInput(int input) {
        if (oracle.stopsGradient()) {
            return Slopes.none(call.inputs().get(input));
        }
        return ofInputs.computeIfAbsent(
                input,
                i -> slopes(call.inputs().get(i), moved -> {
                    List<DoubleTensor> inputs = new ArrayList<>(call.inputs());
                    inputs.set(i, moved);
                    return oracle.forward(new Call<>(call.op(), inputs, call.parameters(), call.training()));
                }));
    }

    /** How the output changes with a parameter. */
    synchronized Slopes ofParameter(int parameter) {
        return ofParameters.computeIfAbsent(
                parameter,
                i -> slopes(call.parameters().get(i), moved -> {
                    List<DoubleTensor> parameters = new ArrayList<>(call.parameters());
                    parameters.set(i, moved);
                    return oracle.forward(new Call<>(call.op(), call.inputs(), parameters, call.training()));
                }));
    }

    private Slopes slopes(DoubleTensor tensor, UnaryOperator<DoubleTensor> forward) {
        return Slopes.of(tensor, forward, output.values().length * (oracle.terms(call) + 4.0));
    }
}
