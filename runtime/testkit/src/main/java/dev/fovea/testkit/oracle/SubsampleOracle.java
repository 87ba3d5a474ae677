package dev.fovea.testkit.oracle;

import dev.fovea.ops.Subsample;

final class SubsampleOracle implements Oracle<Subsample> {
    @Override
    public DoubleTensor forward(Call<Subsample> call) {
        DoubleTensor x = call.x();
        int tall = call.op().kernel().height();
        int wide = call.op().kernel().width();
        DoubleTensor y = DoubleTensor.of(call.batch(), x.extent(1), x.extent(2) / tall, x.extent(3) / wide);
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < y.extent(2); i++) {
                    for (int j = 0; j < y.extent(3); j++) {
                        double sum = 0;
                        for (int tap = 0; tap < tall * wide; tap++) {
                            sum += x.at(n, c, i * tall + tap / wide, j * wide + tap % wide);
                        }
                        double weight = call.parameters().get(0).values()[c];
                        y.set(
                                n,
                                c,
                                i,
                                j,
                                weight * sum + call.parameters().get(1).values()[c]);
                    }
                }
            }
        }
        return y;
    }

    @Override
    public int terms(Call<Subsample> call) {
        return call.op().kernel().height() * call.op().kernel().width() + 2;
    }
}
