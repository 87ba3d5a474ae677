package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;

/** A loss of the scores at each position of a sample and a class there, the mean over the positions. */
final class ClassLossOracle<T extends Op> implements Oracle<T> {
    private final Function<T> function;

    /** The formula at one position. */
    @FunctionalInterface
    interface Function<T> {
        double apply(T op, double[] scores, int label);
    }

    ClassLossOracle(Function<T> function) {
        this.function = function;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        DoubleTensor x = call.x();
        int positions = x.extent(2) * x.extent(3);
        DoubleTensor y = DoubleTensor.of(call.batch(), 1);
        for (int n = 0; n < call.batch(); n++) {
            double sum = 0;
            for (int position = 0; position < positions; position++) {
                double[] scores = new double[x.extent(1)];
                for (int c = 0; c < scores.length; c++) {
                    scores[c] = x.values()[(n * scores.length + c) * positions + position];
                }
                int label = (int) call.inputs().get(1).values()[n * positions + position];
                sum += function.apply(call.op(), scores, label);
            }
            y.set(n, 0, 0, 0, sum / positions);
        }
        return y;
    }

    /** The sum of all scores' magnitudes and of a margin a class. */
    @Override
    public DoubleTensor magnitude(Call<T> call) {
        double range = SoftmaxOracle.range(call.x());
        return forward(call).map(y -> 1 + 2 * range);
    }

    @Override
    public int terms(Call<T> call) {
        return call.x().sampleSize() + 4;
    }
}
