package dev.fovea.testkit.oracle;

import dev.fovea.ops.AvgPool;

final class AvgPoolOracle implements Oracle<AvgPool> {
    @Override
    public DoubleTensor forward(Call<AvgPool> call) {
        AvgPool op = call.op();
        DoubleTensor x = call.x();
        int tall = op.kernel().height();
        int wide = op.kernel().width();
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
                        y.set(n, c, i, j, mean(op, x, n, c, i * down - rows[0], j * right - columns[0], rows, columns));
                    }
                }
            }
        }
        return y;
    }

    private static double mean(AvgPool op, DoubleTensor x, int n, int c, int top, int left, int[] rows, int[] columns) {
        double sum = 0;
        int divisor = 0;
        for (int row = top; row < top + op.kernel().height(); row++) {
            for (int column = left; column < left + op.kernel().width(); column++) {
                boolean inside = row >= 0 && row < x.extent(2) && column >= 0 && column < x.extent(3);
                boolean padded = row < x.extent(2) + rows[1] && column < x.extent(3) + columns[1];
                sum += inside ? x.at(n, c, row, column) : 0;
                divisor += inside || (padded && op.countIncludePad()) ? 1 : 0;
            }
        }
        return sum / divisor;
    }

    @Override
    public int terms(Call<AvgPool> call) {
        return call.op().kernel().height() * call.op().kernel().width() + 2;
    }
}
