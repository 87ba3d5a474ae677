package dev.fovea.testkit.oracle;

import dev.fovea.ops.Rbf;

final class RbfOracle implements Oracle<Rbf> {
    @Override
    public DoubleTensor forward(Call<Rbf> call) {
        return distances(call, -1);
    }

    private static DoubleTensor distances(Call<Rbf> call, int sign) {
        DoubleTensor x = call.x();
        DoubleTensor y = DoubleTensor.of(call.batch(), call.op().units());
        for (int n = 0; n < call.batch(); n++) {
            for (int u = 0; u < call.op().units(); u++) {
                double sum = 0;
                for (int i = 0; i < x.extent(1); i++) {
                    double difference =
                            x.at(n, i, 0, 0) + sign * call.parameters().get(0).at(u, i, 0, 0);
                    sum += difference * difference;
                }
                y.set(n, u, 0, 0, sum);
            }
        }
        return y;
    }

    @Override
    public int terms(Call<Rbf> call) {
        return call.x().extent(1) + 2;
    }

    /** A difference is rounded relative to what is subtracted: (|x| + |w|)². */
    @Override
    public DoubleTensor magnitude(Call<Rbf> call) {
        return distances(call.absolute(), 1);
    }

    /** 2·(x − w) has two terms. */
    @Override
    public double cancelling(Call<Rbf> call) {
        double largest = 0;
        for (double value : call.absolute().x().values()) {
            largest = Math.max(largest, value);
        }
        for (double value : call.absolute().parameters().get(0).values()) {
            largest = Math.max(largest, value);
        }
        return 4 * largest;
    }
}
