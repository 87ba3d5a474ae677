package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import dev.fovea.ops.Pair;
import java.util.function.Function;

/** Pooling over bins: adaptive, and global with one bin. */
final class BinOracle<T extends Op> implements Oracle<T> {
    private final Function<T, Pair> size;
    private final boolean keepsAxes;
    private final boolean mean;

    BinOracle(Function<T, Pair> size, boolean keepsAxes, boolean mean) {
        this.size = size;
        this.keepsAxes = keepsAxes;
        this.mean = mean;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        DoubleTensor x = call.x();
        int height = size.apply(call.op()).height();
        int width = size.apply(call.op()).width();
        DoubleTensor y = keepsAxes
                ? DoubleTensor.of(call.batch(), x.extent(1), height, width)
                : DoubleTensor.of(call.batch(), x.extent(1));
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        y.set(n, c, i, j, bin(x, n, c, i, height, j, width));
                    }
                }
            }
        }
        return y;
    }

    private double bin(DoubleTensor x, int n, int c, int i, int height, int j, int width) {
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (int row = 0; row < x.extent(2); row++) {
            for (int column = 0; column < x.extent(3); column++) {
                if (holds(i, height, row, x.extent(2)) && holds(j, width, column, x.extent(3))) {
                    sum += x.at(n, c, row, column);
                    largest = Math.max(largest, x.at(n, c, row, column));
                    count++;
                }
            }
        }
        return mean ? sum / count : largest;
    }

    private static boolean holds(int bin, int bins, int position, int extent) {
        return position >= Math.floor((double) bin * extent / bins)
                && position < Math.ceil((bin + 1.0) * extent / bins);
    }

    @Override
    public int terms(Call<T> call) {
        return mean ? call.x().extent(2) * call.x().extent(3) + 2 : 0;
    }
}
