package dev.fovea.testkit.oracle;

import dev.fovea.ops.MaxPool;

final class MaxPoolOracle implements Oracle<MaxPool> {
    @Override
    public DoubleTensor forward(Call<MaxPool> call) {
        MaxPool op = call.op();
        DoubleTensor x = call.x();
        int tall = op.dilation().height() * (op.kernel().height() - 1) + 1;
        int wide = op.dilation().width() * (op.kernel().width() - 1) + 1;
        int down = op.stride().height();
        int right = op.stride().width();
        int[] rows = Windows.sides(op.padding(), true, x.extent(2), tall, down);
        int[] columns = Windows.sides(op.padding(), false, x.extent(3), wide, right);
        int height = Windows.pooled(x.extent(2), rows, tall, down, op.ceilMode());
        int width = Windows.pooled(x.extent(3), columns, wide, right, op.ceilMode());
        DoubleTensor y = DoubleTensor.of(call.batch(), x.extent(1), height, width);
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        y.set(n, c, i, j, largest(op, x, n, c, i * down - rows[0], j * right - columns[0]));
                    }
                }
            }
        }
        return y;
    }

    private static double largest(MaxPool op, DoubleTensor x, int n, int c, int top, int left) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int u = 0; u < op.kernel().height(); u++) {
            for (int v = 0; v < op.kernel().width(); v++) {
                int row = top + u * op.dilation().height();
                int column = left + v * op.dilation().width();
                if (row >= 0 && row < x.extent(2) && column >= 0 && column < x.extent(3)) {
                    largest = Math.max(largest, x.at(n, c, row, column));
                }
            }
        }
        return largest;
    }

    @Override
    public int terms(Call<MaxPool> call) {
        return 0;
    }
}
