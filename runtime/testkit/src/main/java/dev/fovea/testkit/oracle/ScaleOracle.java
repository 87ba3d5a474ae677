package dev.fovea.testkit.oracle;

import dev.fovea.ops.Scale;

final class ScaleOracle implements Oracle<Scale> {
    @Override
    public DoubleTensor forward(Call<Scale> call) {
        DoubleTensor x = call.x();
        DoubleTensor y = x.map(value -> 0);
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < x.extent(2); i++) {
                    for (int j = 0; j < x.extent(3); j++) {
                        double factor = call.inputs().get(1).at(n, c, 0, 0);
                        y.set(n, c, i, j, x.at(n, c, i, j) * factor);
                    }
                }
            }
        }
        return y;
    }

    @Override
    public int terms(Call<Scale> call) {
        return 1;
    }
}
