package dev.fovea.testkit.oracle;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Local;

/** The loops of a convolution, with another row of weights at every position. */
final class LocalOracle implements Oracle<Local> {
    @Override
    public DoubleTensor forward(Call<Local> call) {
        Conv op = call.op().convolution();
        DoubleTensor x = call.x();
        int[] rows = ConvOracle.rows(op, x);
        int[] columns = ConvOracle.columns(op, x);
        int area = rows[1] * columns[1];
        DoubleTensor weight = DoubleTensor.of(
                        op.channels() * area,
                        x.extent(1) / op.groups(),
                        op.kernel().height(),
                        op.kernel().width())
                .with(call.parameters().get(0).values());
        DoubleTensor y = DoubleTensor.of(call.batch(), op.channels(), rows[1], columns[1]);
        for (int n = 0; n < call.batch(); n++) {
            for (int o = 0; o < op.channels(); o++) {
                for (int i = 0; i < rows[1]; i++) {
                    for (int j = 0; j < columns[1]; j++) {
                        int at = (o * rows[1] + i) * columns[1] + j;
                        double bias = op.bias() ? call.parameters().get(1).values()[at] : 0;
                        int top = i * op.stride().height() - rows[0];
                        int left = j * op.stride().width() - columns[0];
                        y.set(n, o, i, j, bias + ConvOracle.window(op, x, weight, at, n, o, top, left));
                    }
                }
            }
        }
        return y;
    }

    @Override
    public int terms(Call<Local> call) {
        return call.x().extent(1)
                        / call.op().groups()
                        * call.op().kernel().height()
                        * call.op().kernel().width()
                + 1;
    }
}
