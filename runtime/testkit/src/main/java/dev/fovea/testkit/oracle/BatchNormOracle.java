package dev.fovea.testkit.oracle;

import dev.fovea.ops.BatchNorm;
import java.util.ArrayList;
import java.util.List;

final class BatchNormOracle implements Oracle<BatchNorm> {
    @Override
    public DoubleTensor forward(Call<BatchNorm> call) {
        return normalise(call, false);
    }

    /** Both terms of x − mean count, and the more so the smaller the deviation is beside the values. */
    @Override
    public DoubleTensor magnitude(Call<BatchNorm> call) {
        return normalise(call, true);
    }

    private static DoubleTensor normalise(Call<BatchNorm> call, boolean magnitude) {
        BatchNorm op = call.op();
        DoubleTensor x = call.x();
        DoubleTensor y = x.map(value -> 0);
        for (int c = 0; c < x.extent(1); c++) {
            double mean = call.training() ? moment(x, c, 0, 1) : state(call, 0, c);
            double variance = call.training() ? moment(x, c, mean, 2) : state(call, 1, c);
            double weight = op.affine() ? call.parameters().get(0).values()[c] : 1;
            double bias = op.affine() ? call.parameters().get(1).values()[c] : 0;
            double deviation = Math.sqrt(variance + op.eps());
            double energy = call.training() ? moment(x, c, 0, 2) : variance;
            for (int n = 0; n < call.batch(); n++) {
                for (int h = 0; h < x.extent(2); h++) {
                    for (int w = 0; w < x.extent(3); w++) {
                        double value = x.at(n, c, h, w);
                        double centred = magnitude
                                ? (Math.abs(value) + Math.sqrt(energy) + Math.abs(mean))
                                        * (1 + energy / (variance + op.eps()))
                                : value - mean;
                        y.set(
                                n,
                                c,
                                h,
                                w,
                                magnitude
                                        ? centred / deviation * Math.abs(weight) + Math.abs(bias)
                                        : centred / deviation * weight + bias);
                    }
                }
            }
        }
        return y;
    }

    /** The mean of (x − centre)^power over batch and positions of a channel. */
    private static double moment(DoubleTensor x, int c, double centre, int power) {
        double sum = 0;
        for (int n = 0; n < x.extent(0); n++) {
            for (int h = 0; h < x.extent(2); h++) {
                for (int w = 0; w < x.extent(3); w++) {
                    sum += Math.pow(x.at(n, c, h, w) - centre, power);
                }
            }
        }
        return sum / count(x);
    }

    private static int count(DoubleTensor x) {
        return x.extent(0) * x.extent(2) * x.extent(3);
    }

    private static double state(Call<BatchNorm> call, int which, int c) {
        int index = (call.op().affine() ? 2 : 0) + which;
        return call.parameters().get(index).values()[c];
    }

    @Override
    public List<DoubleTensor> stateAfter(Call<BatchNorm> call) {
        List<DoubleTensor> after = new ArrayList<>(call.parameters());
        if (!call.training()) {
            return after;
        }
        int channels = call.x().extent(1);
        double[] means = new double[channels];
        double[] variances = new double[channels];
        double m = call.op().momentum();
        double n = count(call.x());
        for (int c = 0; c < channels; c++) {
            double mean = moment(call.x(), c, 0, 1);
            double unbiased = n == 1 ? 0 : moment(call.x(), c, mean, 2) * n / (n - 1);
            means[c] = (1 - m) * state(call, 0, c) + m * mean;
            variances[c] = (1 - m) * state(call, 1, c) + m * unbiased;
        }
        int first = call.op().affine() ? 2 : 0;
        after.set(first, after.get(first).with(means));
        after.set(first + 1, after.get(first + 1).with(variances));
        return after;
    }

    @Override
    public int terms(Call<BatchNorm> call) {
        return count(call.x()) + 16;
    }
}
