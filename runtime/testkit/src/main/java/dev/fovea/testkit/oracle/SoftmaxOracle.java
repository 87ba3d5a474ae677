package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import java.util.Arrays;

/** Softmax over the channels at each position, or its logarithm. */
final class SoftmaxOracle<T extends Op> implements Oracle<T> {
    private final boolean logarithm;

    SoftmaxOracle(boolean logarithm) {
        this.logarithm = logarithm;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        DoubleTensor x = call.x();
        DoubleTensor y = x.map(value -> 0);
        for (int n = 0; n < call.batch(); n++) {
            for (int h = 0; h < x.extent(2); h++) {
                for (int w = 0; w < x.extent(3); w++) {
                    double sum = 0;
                    for (int c = 0; c < x.extent(1); c++) {
                        sum += Math.exp(x.at(n, c, h, w));
                    }
                    for (int c = 0; c < x.extent(1); c++) {
                        double value = x.at(n, c, h, w);
                        y.set(n, c, h, w, logarithm ? value - Math.log(sum) : Math.exp(value) / sum);
                    }
                }
            }
        }
        return y;
    }

    /** An error of x − m becomes a relative one of exp(x − m), and an absolute one of its logarithm. */
    @Override
    public DoubleTensor magnitude(Call<T> call) {
        double range = range(call.x());
        return forward(call).map(y -> logarithm ? Math.abs(y) + range : y * range);
    }

    /** A bound on the logits' distance from each other and on the logarithm of the sum. */
    static double range(DoubleTensor x) {
        double largest = Arrays.stream(x.values()).map(Math::abs).max().orElse(0);
        return 2 * largest + Math.log(x.extent(1)) + 2;
    }

    @Override
    public int terms(Call<T> call) {
        return call.x().extent(1) + 8;
    }
}
