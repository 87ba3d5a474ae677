package dev.fovea.testkit;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
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
        if (optimizer instanceof AdamW apart) {
            Adam plain = new Adam(apart.learningRate(), apart.beta1(), apart.beta2(), apart.eps(), 0);
            double shrunk = parameter - rate * apart.weightDecay() * parameter;
            return step(plain, rate, step, shrunk, gradient, slots, i);
        }
        if (optimizer instanceof Adagrad adagrad) {
            double g = gradient + adagrad.weightDecay() * parameter;
            slots[0][i] = (step == 0 ? adagrad.initial() : slots[0][i]) + g * g;
            return parameter - rate / (1 + step * adagrad.decay()) * g / (Math.sqrt(slots[0][i]) + adagrad.eps());
        }
        if (optimizer instanceof Adadelta delta) {
            double g = gradient + delta.weightDecay() * parameter;
            slots[0][i] = delta.rho() * slots[0][i] + (1 - delta.rho()) * g * g;
            double d = Math.sqrt((slots[1][i] + delta.eps()) / (slots[0][i] + delta.eps())) * g;
            slots[1][i] = delta.rho() * slots[1][i] + (1 - delta.rho()) * d * d;
            return parameter - rate * d;
        }
        if (optimizer instanceof RmsProp prop) {
            return rmsProp(prop, rate, parameter, gradient + prop.weightDecay() * parameter, slots, i);
        }
        throw new IllegalArgumentException("no oracle for " + optimizer);
    }

    private static double rmsProp(RmsProp prop, double rate, double parameter, double g, double[][] slots, int i) {
        slots[0][i] = prop.alpha() * slots[0][i] + (1 - prop.alpha()) * g * g;
        double square = slots[0][i];
        if (prop.centered()) {
            slots[1][i] = prop.alpha() * slots[1][i] + (1 - prop.alpha()) * g;
            square -= slots[1][i] * slots[1][i];
        }
        double d = g / (Math.sqrt(square) + prop.eps());
        if (prop.momentum() == 0) {
            return parameter - rate * d;
        }
        double[] velocities = slots[slots.length - 1];
        velocities[i] = prop.momentum() * velocities[i] + d;
        return parameter - rate * velocities[i];
    }
}
