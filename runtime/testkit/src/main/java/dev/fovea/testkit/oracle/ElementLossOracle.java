package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;

/** A loss that is the mean, or the sum, of a function of each element of the prediction and of the target. */
final class ElementLossOracle<T extends Op> implements Oracle<T> {
    private final boolean isMean;
    private final Function<T> function;
    private final Function<T> magnitude;

    /** The formula; the target is 0 where there is none. */
    @FunctionalInterface
    interface Function<T> {
        double apply(T op, double prediction, double target);
    }

    /** A loss whose terms are of such a magnitude. */
    ElementLossOracle(boolean isMean, Function<T> function, Function<T> magnitude) {
        this.isMean = isMean;
        this.function = function;
        this.magnitude = magnitude;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        return sum(call, function);
    }

    @Override
    public DoubleTensor magnitude(Call<T> call) {
        return sum(call, magnitude);
    }

    @Override
    public int terms(Call<T> call) {
        return call.x().sampleSize() + 8;
    }

    /** The two terms of a slope: of a likelihood they may nearly cancel. */
    @Override
    public double cancelling(Call<T> call) {
        return isMean ? 2.0 / call.x().sampleSize() : 2;
    }

    private DoubleTensor sum(Call<T> call, Function<T> term) {
        int size = call.x().sampleSize();
        DoubleTensor y = DoubleTensor.of(call.batch(), 1);
        for (int n = 0; n < call.batch(); n++) {
            double sum = 0;
            for (int i = n * size; i < (n + 1) * size; i++) {
                double target = call.inputs().size() > 1 ? call.inputs().get(1).values()[i] : 0;
                sum += term.apply(call.op(), call.x().values()[i], target);
            }
            y.set(n, 0, 0, 0, isMean ? sum / size : sum);
        }
        return y;
    }
}
