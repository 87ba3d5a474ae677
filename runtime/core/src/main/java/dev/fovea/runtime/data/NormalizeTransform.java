package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;
import java.util.Optional;

/** Subtracts a mean and divides by a standard deviation, of each channel or of all; the same when training and testing. */
final class NormalizeTransform implements Transform {
    private final Shape shape;
    private final float[] mean;
    private final float[] standardDeviation;

    NormalizeTransform(Shape shape, Normalize normalize) {
        if (normalize.isByData()) {
            throw new IllegalArgumentException(
                    "`normalize` without numbers is by those of the data, which are not known");
        }
        this.shape = shape;
        this.mean = perChannel("mean", normalize.mean(), shape.channels());
        this.standardDeviation = perChannel("standard deviation", normalize.std(), shape.channels());
        for (float deviation : this.standardDeviation) {
            if (!(deviation > 0)) {
                throw new IllegalArgumentException("a standard deviation must be positive, not " + deviation);
            }
        }
    }

    @Override
    public Shape input() {
        return shape;
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first) {
        int area = shape.area();
        for (int channel = 0; channel < mean.length; channel++) {
            float center = mean[channel];
            float scale = standardDeviation[channel];
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                to[toOffset + i] = (from[fromOffset + i] - center) / scale;
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.of(this);
    }

    private static float[] perChannel(String what, List<Float> numbers, int channels) {
        if (numbers.size() != 1 && numbers.size() != channels) {
            throw new IllegalArgumentException(
                    "one " + what + " or one for each of the " + channels + " channels, not " + numbers.size());
        }
        float[] all = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            all[channel] = numbers.get(numbers.size() == 1 ? 0 : channel);
        }
        return all;
    }
}
