package dev.fovea.testkit.oracle;

import dev.fovea.ops.Mse;

final class MseOracle implements Oracle<Mse> {
    @Override
    public DoubleTensor forward(Call<Mse> call) {
        int size = call.x().sampleSize();
        DoubleTensor y = DoubleTensor.of(call.batch(), 1);
        for (int n = 0; n < call.batch(); n++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                double difference =
                        call.x().values()[n * size + i] - call.inputs().get(1).values()[n * size + i];
                sum += difference * difference;
            }
            y.set(n, 0, 0, 0, sum / size);
        }
        return y;
    }

    @Override
    public DoubleTensor magnitude(Call<Mse> call) {
        return forward(call);
    }

    @Override
    public int terms(Call<Mse> call) {
        return call.x().sampleSize() + 4;
    }
}
