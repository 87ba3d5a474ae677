package dev.fovea.testkit.oracle;

import dev.fovea.ops.Dense;

final class DenseOracle implements Oracle<Dense> {
    @Override
    public DoubleTensor forward(Call<Dense> call) {
        DoubleTensor x = call.x();
        DoubleTensor weight = call.parameters().get(0);
        boolean tied = call.op().tiedTo().isTied();
        int units = call.op().units();
        DoubleTensor y = DoubleTensor.of(call.batch(), units);
        for (int n = 0; n < call.batch(); n++) {
            for (int u = 0; u < units; u++) {
                double sum = call.op().bias() ? call.parameters().get(1).values()[u] : 0;
                for (int i = 0; i < x.extent(1); i++) {
                    sum += (tied ? weight.at(i, u, 0, 0) : weight.at(u, i, 0, 0)) * x.at(n, i, 0, 0);
                }
                y.set(n, u, 0, 0, sum);
            }
        }
        return y;
    }

    @Override
    public int terms(Call<Dense> call) {
        return call.x().extent(1) + 1;
    }
}
