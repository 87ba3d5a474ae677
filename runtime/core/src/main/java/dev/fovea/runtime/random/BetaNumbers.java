package dev.fovea.runtime.random;

/** Random numbers of the symmetric Beta distribution. */
public final class BetaNumbers {
    private static final double UNIT_32 = 0x1p-32;
    private static final long LOW_HALF = 0xFFFFFFFFL;

    private BetaNumbers() {}

    /**
     * One number of Beta(alpha, alpha): X / (X + Y) of two Gamma numbers by Marsaglia and Tsang (2000), in their logarithms, so that a
     * small alpha gives 0 and 1 and not NaN. In {@link StrictMath}: every machine gives the same bits.
     *
     * @param stream of which an unknown number of elements is used
     * @throws IllegalArgumentException where alpha is not positive
     */
    public static double symmetric(RandomStream stream, double alpha) {
        if (!(alpha > 0)) {
            throw new IllegalArgumentException("alpha must be positive, not " + alpha);
        }
        double difference = logGamma(stream.child(1), alpha) - logGamma(stream.child(0), alpha);
        return 1 / (1 + StrictMath.exp(difference));
    }

    /** The logarithm of a Gamma(shape, 1) number; below 1 from that of shape + 1 by the power of a uniform one. */
    private static double logGamma(RandomStream stream, double shape) {
        RandomStream uniforms = stream.child(1);
        if (shape < 1) {
            return logGamma(stream.child(2), shape + 1) + StrictMath.log(positive(uniforms, 0)) / shape;
        }
        RandomStream normals = stream.child(0);
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        for (long draw = 0; ; draw++) {
            double x = normals.normal(draw);
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(positive(uniforms, draw)) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return StrictMath.log(d * v);
            }
        }
    }

    /** Uniform in (0, 1]. */
    private static double positive(RandomStream stream, long index) {
        return ((stream.bits(index) & LOW_HALF) + 1) * UNIT_32;
    }
}
