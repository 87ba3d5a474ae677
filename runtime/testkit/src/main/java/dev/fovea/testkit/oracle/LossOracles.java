package dev.fovea.testkit.oracle;

import dev.fovea.ops.Bce;
import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.Huber;
import dev.fovea.ops.KlDivergence;
import dev.fovea.ops.L1;
import dev.fovea.ops.Mae;
import java.util.Map;

/** The formulas of the losses that work element by element. */
final class LossOracles {
    private LossOracles() {}

    /** By the loss's name. */
    static Map<String, Oracle<?>> all() {
        return Map.of(
                "bce", new ElementLossOracle<Bce>(true, LossOracles::bce, (op, p, t) -> bce(op, p, t) + 1),
                "bce_with_logits",
                        new ElementLossOracle<BceWithLogits>(
                                true,
                                (op, x, t) -> Math.log(1 + Math.exp(x)) - x * t,
                                (op, x, t) -> 2 * Math.abs(x) + 1),
                "huber", new ElementLossOracle<Huber>(true, LossOracles::huber, (op, p, t) -> 3 * huber(op, p, t)),
                "kl_divergence",
                        new ElementLossOracle<KlDivergence>(
                                false,
                                (op, log, q) -> q * Math.log(q / Math.exp(log)),
                                (op, log, q) -> q * (Math.abs(Math.log(q)) + Math.abs(log))),
                "l1", new ElementLossOracle<L1>(true, (op, x, t) -> Math.abs(x), (op, x, t) -> Math.abs(x)),
                "mae", new ElementLossOracle<Mae>(true, LossOracles::absolute, LossOracles::absolute));
    }

    private static double absolute(Mae op, double p, double t) {
        return Math.abs(p - t);
    }

    private static double bce(Bce op, double p, double t) {
        return -(t * Math.max(-100, Math.log(p)) + (1 - t) * Math.max(-100, Math.log(1 - p)));
    }

    private static double huber(Huber op, double p, double t) {
        double d = Math.abs(p - t);
        return d < op.delta() ? d * d / 2 : op.delta() * d - op.delta() * op.delta() / 2;
    }
}
