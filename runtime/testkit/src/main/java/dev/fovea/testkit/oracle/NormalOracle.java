package dev.fovea.testkit.oracle;

/** The standard normal distribution, by its series near 0 and Laplace's continued fraction in the tails. */
final class NormalOracle {
    private static final double NEAR = 3;
    private static final int STEPS = 200;

    private NormalOracle() {}

    /** Φ(x). */
    static double share(double x) {
        if (Math.abs(x) < NEAR) {
            // ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …)
            double term = x;
            double sum = x;
            for (int i = 1; i < STEPS; i++) {
                term *= x * x / (2 * i + 1);
                sum += term;
            }
            return 0.5 + density(x) * sum;
        }
        double fraction = 0;
        for (int i = STEPS; i > 0; i--) {
            fraction = i / (Math.abs(x) + fraction);
        }
        double tail = density(x) / (Math.abs(x) + fraction);
        return x < 0 ? tail : 1 - tail;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
