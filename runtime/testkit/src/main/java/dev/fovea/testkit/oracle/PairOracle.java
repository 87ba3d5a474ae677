package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import java.util.function.DoubleBinaryOperator;

/** An operator on two tensors of one shape, element by element. */
record PairOracle<T extends Op>(DoubleBinaryOperator function) implements Oracle<T> {
    @Override
    public DoubleTensor forward(Call<T> call) {
        double[] a = call.inputs().get(0).values();
        double[] b = call.inputs().get(1).values();
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsDouble(a[i], b[i]);
        }
        return call.x().with(y);
    }

    @Override
    public DoubleTensor magnitude(Call<T> call) {
        return forward(call).map(Math::abs);
    }

    @Override
    public int terms(Call<T> call) {
        return 1;
    }
}
