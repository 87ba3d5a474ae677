package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.PcaColor;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Adds to each channel of a picture the sum of the principal components' shares, each times its eigenvalue and a normal number. */
final class PcaColorTransform implements Transform {
    /** Of the covariance of ImageNet's colours from 0 to 1: those that fb.resnet.torch has published. */
    private static final double[] EIGENVALUES = {0.2175, 0.0188, 0.0045};

    /** A row a channel, a column a component. */
    private static final double[][] EIGENVECTORS = {
        {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
    };

    private final Shape shape;
    private final float deviation;

    PcaColorTransform(Shape shape, PcaColor augmentation) {
        if (shape.rank() != 3 || shape.channels() != 3) {
            throw new IllegalArgumentException("a picture of 3 channels is expected, [3, H, W], not " + shape);
        }
        this.shape = shape;
        this.deviation = augmentation.std();
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
        RandomStream own = random.child(first);
        double[] shares = new double[EIGENVALUES.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = deviation * own.normal(i);
        }
        add(from, fromOffset, to, toOffset, shares);
    }

    void add(float[] from, int fromOffset, float[] to, int toOffset, double[] shares) {
        int area = shape.area();
        for (int channel = 0; channel < 3; channel++) {
            double change = 0;
            for (int i = 0; i < shares.length; i++) {
                change += EIGENVECTORS[channel][i] * EIGENVALUES[i] * shares[i];
            }
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                to[toOffset + i] = (float) (from[fromOffset + i] + change);
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
