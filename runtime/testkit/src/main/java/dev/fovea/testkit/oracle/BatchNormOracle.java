package dev.fovea.testkit.oracle;

import dev.fovea.ops.BatchNorm;
import java.util.ArrayList;
import java.util.List;

final class BatchNormOracle implements Oracle<BatchNorm> {
    /** Both terms of x − mean count, and the more so the smaller the deviation is beside the values. */
    @Override
    public DoubleTensor magnitude(Call<BatchNorm> call) {
        DoubleTensor x = call.x();
        return elements(call, (channel, value) -> {
            double energy = call.training() ? moment(x, channel.index, 0, 2) : channel.variance;
            double terms = Math.abs(value) + Math.sqrt(energy) + Math.abs(channel.mean);
            double condition = 1 + energy * channel.scale * channel.scale;
            return terms * condition * channel.scale * Math.abs(channel.weight) + Math.abs(channel.bias);
        });
    }

    /** The derivative is (1 − 1/n − x̂²/n)·weight/deviation, whose bracket may nearly vanish. */
    @Override
    public double cancelling(Call<BatchNorm> call) {
        double largest = 0;
        for (int c = 0; c < call.x().extent(1); c++) {
            Channel channel = new Channel(call, c);
            largest = Math.max(largest, 3 * channel.scale * Math.abs(channel.weight));
        }
        return largest;
    }

    @Override
    public DoubleTensor forward(Call<BatchNorm> call) {
        return elements(
                call, (channel, value) -> (value - channel.mean) * channel.scale * channel.weight + channel.bias);
    }

    /** The numbers of one channel. */
    private static final class Channel {
        final int index;
        final double mean;
        final double variance;
        final double scale;
        final double weight;
        final double bias;

        Channel(Call<BatchNorm> call, int c) {
            index = c;
            mean = call.training() ? moment(call.x(), c, 0, 1) : state(call, 0, c);
            variance = call.training() ? moment(call.x(), c, mean, 2) : state(call, 1, c);
            scale = 1 / Math.sqrt(variance + call.op().eps());
            weight = call.op().affine() ? call.parameters().get(0).values()[c] : 1;
            bias = call.op().affine() ? call.parameters().get(1).values()[c] : 0;
        }
    }

    private interface Element {
        double of(Channel channel, double value);
    }

    private static DoubleTensor elements(Call<BatchNorm> call, Element element) {
        DoubleTensor x = call.x();
        DoubleTensor y = x.map(value -> 0);
        for (int c = 0; c < x.extent(1); c++) {
            Channel channel = new Channel(call, c);
            for (int n = 0; n < x.extent(0); n++) {
                for (int h = 0; h < x.extent(2); h++) {
                    for (int w = 0; w < x.extent(3); w++) {
                        y.set(n, c, h, w, element.of(channel, x.at(n, c, h, w)));
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
