package dev.fovea.testkit.oracle;

import dev.fovea.ops.MaxPool;
import dev.fovea.ops.MaxUnpool;

/** Looks for each window's first largest element, in the order in which windows are read. */
final class MaxUnpoolOracle implements Oracle<MaxUnpool> {
    @Override
    public DoubleTensor forward(Call<MaxUnpool> call) {
        MaxPool pool = call.op().pool();
        DoubleTensor x = call.x();
        DoubleTensor origin = call.inputs().get(1);
        int top = pool.padding().top();
        int left = pool.padding().left();
        DoubleTensor y = DoubleTensor.of(call.batch(), origin.extent(1), origin.extent(2), origin.extent(3));
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < origin.extent(1); c++) {
                for (int i = 0; i < x.extent(2); i++) {
                    for (int j = 0; j < x.extent(3); j++) {
                        int row = i * pool.stride().height() - top;
                        int column = j * pool.stride().width() - left;
                        int winner = winner(pool, origin, n, c, row, column);
                        y.set(n, c, winner / origin.extent(3), winner % origin.extent(3), x.at(n, c, i, j));
                    }
                }
            }
        }
        return y;
    }

    private static int winner(MaxPool pool, DoubleTensor origin, int n, int c, int top, int left) {
        int winner = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int u = 0; u < pool.kernel().height(); u++) {
            for (int v = 0; v < pool.kernel().width(); v++) {
                int row = top + u * pool.dilation().height();
                int column = left + v * pool.dilation().width();
                if (row >= 0 && row < origin.extent(2) && column >= 0 && column < origin.extent(3)) {
                    double value = origin.at(n, c, row, column);
                    if (winner < 0 || value > largest) {
                        largest = value;
                        winner = row * origin.extent(3) + column;
                    }
                }
            }
        }
        return winner;
    }

    @Override
    public int terms(Call<MaxUnpool> call) {
        return 0;
    }
}
