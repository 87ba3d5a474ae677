package dev.fovea.testkit;

import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;

/** One step of an optimizer on one parameter, in {@code double}. */
final class UpdateOracle {
    private UpdateOracle() {}

    /** The parameter after the step; changes the slots at {@code i}. */
    static double step(
            Optimizer optimizer, double rate, int step, double parameter, double gradient, double[][] slots, int i) {
        if (optimizer instanceof Sgd sgd) {
            double g = gradient + sgd.weightDecay() * parameter;
            if (sgd.momentum() == 0) {
                return parameter - rate * g;
            }
            slots[0][i] = (step == 0 ? 0 : sgd.momentum() * slots[0][i]) + g;
            return parameter - rate * (sgd.nesterov() ? g + sgd.momentum() * slots[0][i] : slots[0][i]);
        }
        if (optimizer instanceof Adam adam) {
            double g = gradient + adam.weightDecay() * parameter;
            slots[0][i] = adam.beta1() * slots[0][i] + (1 - adam.beta1()) * g;
            slots[1][i] = adam.beta2() * slots[1][i] + (1 - adam.beta2()) * g * g;
            double mean = slots[0][i] / (1 - Math.pow(adam.beta1(), step + 1));
            double square = slots[1][i] / (1 - Math.pow(adam.beta2(), step + 1));
            return parameter - rate * mean / (Math.sqrt(square) + adam.eps());
        }
        throw new IllegalArgumentException("no oracle for " + optimizer);
    }
}
