package dev.fovea.runtime.cpu;

import dev.fovea.ops.Bce;
import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.Huber;
import dev.fovea.ops.KlDivergence;
import dev.fovea.ops.L1;
import dev.fovea.ops.Mae;
import dev.fovea.ops.Op;

/** What an element of the prediction and one of the target contribute to a loss, and its derivatives, in {@code double}. */
abstract class ElementLoss {
    /** The logarithms of {@link Bce} end here, and its slopes at the smallest p·(1 − p), as in PyTorch. */
    private static final double LEAST_LOGARITHM = -100;

    private static final double LEAST_VARIANCE = 1e-12;

    /** The contribution. */
    abstract double value(double prediction, double target);

    /** Its derivative by the prediction. */
    abstract double slope(double prediction, double target);

    /** Its derivative by the target. */
    abstract double targetSlope(double prediction, double target);

    /** The loss of an operator. */
    static ElementLoss of(Op op) {
        if (op instanceof Mae || op instanceof L1) {
            return new Absolute();
        }
        if (op instanceof Huber huber) {
            return new Rounded(huber.delta());
        }
        if (op instanceof Bce) {
            return new Likelihood();
        }
        if (op instanceof BceWithLogits) {
            return new LogitLikelihood();
        }
        if (op instanceof KlDivergence) {
            return new Divergence();
        }
        throw new IllegalArgumentException("no element-wise loss: " + op);
    }

    /** |p − t|. */
    private static final class Absolute extends ElementLoss {
        @Override
        double value(double p, double t) {
            return Math.abs(p - t);
        }

        @Override
        double slope(double p, double t) {
            return Math.signum(p - t);
        }

        @Override
        double targetSlope(double p, double t) {
            return -slope(p, t);
        }
    }

    /** Huber's function of p − t. */
    private static final class Rounded extends ElementLoss {
        private final double delta;

        Rounded(double delta) {
            this.delta = delta;
        }

        @Override
        double value(double p, double t) {
            double distance = Math.abs(p - t);
            return distance < delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta);
        }

        @Override
        double slope(double p, double t) {
            double difference = p - t;
            return Math.abs(difference) < delta ? difference : delta * Math.signum(difference);
        }

        @Override
        double targetSlope(double p, double t) {
            return -slope(p, t);
        }
    }

    /** −t·log p − (1 − t)·log(1 − p). */
    private static final class Likelihood extends ElementLoss {
        @Override
        double value(double p, double t) {
            return -t * logarithm(p) - (1 - t) * logarithm(1 - p);
        }

        @Override
        double slope(double p, double t) {
            return (p - t) / Math.max(p * (1 - p), LEAST_VARIANCE);
        }

        @Override
        double targetSlope(double p, double t) {
            return logarithm(1 - p) - logarithm(p);
        }

        private static double logarithm(double x) {
            return Math.max(Math.log(x), LEAST_LOGARITHM);
        }
    }

    /** The same of p = sigmoid(x). */
    private static final class LogitLikelihood extends ElementLoss {
        @Override
        double value(double x, double t) {
            return Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
        }

        @Override
        double slope(double x, double t) {
            return 1 / (1 + Math.exp(-x)) - t;
        }

        @Override
        double targetSlope(double x, double t) {
            return -x;
        }
    }

    /** q·(log q − log p). */
    private static final class Divergence extends ElementLoss {
        @Override
        double value(double logP, double q) {
            return q == 0 ? 0 : q * (Math.log(q) - logP);
        }

        @Override
        double slope(double logP, double q) {
            return -q;
        }

        @Override
        double targetSlope(double logP, double q) {
            return Math.log(q) + 1 - logP;
        }
    }
}
