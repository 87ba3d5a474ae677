package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.function.ToDoubleFunction;

/** Normalisation of each sample over sets of its elements: the channels of a position, groups of channels, channels. */
final class GroupedNormOracle<T extends Op> implements Oracle<T> {
    private final ToDoubleFunction<T> eps;
    private final Sets<T> sets;

    GroupedNormOracle(ToDoubleFunction<T> eps, Sets<T> sets) {
        this.eps = eps;
        this.sets = sets;
    }

    /** Which elements are normalised together. */
    interface Sets<T> {
        /** The number, less than the shape's size, of the set of an element. */
        int of(T op, Shape shape, int channel, int position);
    }

    private interface Element {
        double of(double value, double mean, double variance, double weight, double bias);
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        double added = eps.applyAsDouble(call.op());
        return elements(
                call, (x, mean, variance, weight, bias) -> (x - mean) / Math.sqrt(variance + added) * weight + bias);
    }

    /** As for batch norm: both terms of x − mean count, and the more so the smaller the deviation is beside the values. */
    @Override
    public DoubleTensor magnitude(Call<T> call) {
        double added = eps.applyAsDouble(call.op());
        return elements(call, (x, mean, variance, weight, bias) -> {
            double energy = variance + mean * mean;
            double scale = 1 / Math.sqrt(variance + added);
            double terms = Math.abs(x) + Math.sqrt(energy) + Math.abs(mean);
            return terms * (1 + energy * scale * scale) * scale * Math.abs(weight) + Math.abs(bias);
        });
    }

    @Override
    public double cancelling(Call<T> call) {
        double added = eps.applyAsDouble(call.op());
        DoubleTensor slopes =
                elements(call, (x, mean, variance, weight, bias) -> 3 / Math.sqrt(variance + added) * Math.abs(weight));
        double largest = 0;
        for (double slope : slopes.values()) {
            largest = Math.max(largest, slope);
        }
        return largest;
    }

    private DoubleTensor elements(Call<T> call, Element element) {
        DoubleTensor x = call.x();
        Shape shape = x.sampleShape();
        int size = (int) shape.size();
        double[] y = new double[x.values().length];
        for (int n = 0; n < call.batch(); n++) {
            double[] counts = new double[size];
            double[] means = new double[size];
            double[] variances = new double[size];
            for (int i = 0; i < size; i++) {
                counts[set(call.op(), shape, i)]++;
            }
            for (int i = 0; i < size; i++) {
                int set = set(call.op(), shape, i);
                means[set] += x.values()[n * size + i] / counts[set];
            }
            for (int i = 0; i < size; i++) {
                int set = set(call.op(), shape, i);
                variances[set] += Math.pow(x.values()[n * size + i] - means[set], 2) / counts[set];
            }
            for (int i = 0; i < size; i++) {
                int set = set(call.op(), shape, i);
                int channel = i / shape.area();
                y[n * size + i] = element.of(
                        x.values()[n * size + i],
                        means[set],
                        variances[set],
                        parameter(call, 0, channel, 1),
                        parameter(call, 1, channel, 0));
            }
        }
        return x.with(y);
    }

    private int set(T op, Shape shape, int index) {
        return sets.of(op, shape, index / shape.area(), index % shape.area());
    }

    private static double parameter(Call<?> call, int index, int channel, double otherwise) {
        return call.parameters().isEmpty()
                ? otherwise
                : call.parameters().get(index).values()[channel];
    }

    @Override
    public int terms(Call<T> call) {
        return call.x().sampleSize() + 12;
    }
}
