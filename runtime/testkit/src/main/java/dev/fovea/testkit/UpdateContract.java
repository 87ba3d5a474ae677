package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** What every optimizer must do on every device: PyTorch's steps, on the ranges it is given and nowhere else. */
public final class UpdateContract {
    private static final int LENGTH = 101;
    private static final List<UpdateBinding.Range> RANGES =
            List.of(new UpdateBinding.Range(0, 1), new UpdateBinding.Range(7, 64), new UpdateBinding.Range(80, 17));

    private UpdateContract() {}

    /** The tests of all optimizers. */
    public static Stream<DynamicNode> dynamicTests(Supplier<Kernels> kernels) {
        List<Optimizer> optimizers = List.of(
                new Sgd(0.1f, 0, false, 0),
                new Sgd(0.1f, 0, false, 0.01f),
                new Sgd(0.1f, 0.9f, false, 0.01f),
                new Sgd(0.1f, 0.9f, true, 0.01f),
                new Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0),
                new Adam(0.01f, 0.8f, 0.99f, 1e-3f, 0.1f),
                new AdamW(0.1f, 0.9f, 0.999f, 1e-8f, 0.01f),
                new AdamW(0.01f, 0.8f, 0.99f, 1e-3f, 0.5f),
                new Adagrad(0.1f, 0, 0, 0, 1e-10f),
                new Adagrad(0.1f, 0.3f, 0.1f, 0.5f, 1e-3f),
                new Adadelta(1, 0.9f, 1e-6f, 0),
                new Adadelta(0.5f, 0.95f, 1e-3f, 0.1f),
                new RmsProp(0.01f, 0.99f, 1e-8f, 0, 0, false),
                new RmsProp(0.01f, 0.9f, 1e-3f, 0.1f, 0, true),
                new RmsProp(0.01f, 0.9f, 1e-3f, 0, 0.8f, false),
                new RmsProp(0.01f, 0.9f, 1e-3f, 0.1f, 0.8f, true));
        return Stream.concat(
                optimizers.stream()
                        .map(optimizer -> dynamicTest("five steps of " + optimizer, () -> steps(optimizer, kernels))),
                Stream.of(
                        parabola(new Sgd(0.1f, 0.9f, false, 0.01f), .05819422, kernels),
                        parabola(new Sgd(0.1f, 0.9f, true, 0), -.10835198, kernels),
                        parabola(new Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0), .70158631, kernels),
                        parabola(new Adadelta(1, 0.95f, 1e-6f, 0), .98646444, kernels),
                        parabola(new AdamW(0.1f, 0.9f, 0.999f, 1e-8f, 0.01f), 0.69891118, kernels),
                        parabola(new Adagrad(0.1f, 0, 0, 0, 1e-10f), 0.78045618, kernels),
                        parabola(new RmsProp(0.01f, 0.99f, 1e-8f, 0, 0, false), 0.77998227, kernels),
                        parabola(new RmsProp(0.01f, 0.99f, 1e-8f, 0, 0.9f, true), 0.54965017, kernels)));
    }

    /** Three steps on w² from w = 1, as PyTorch makes them. */
    private static DynamicNode parabola(Optimizer optimizer, double expected, Supplier<Kernels> kernels) {
        return dynamicTest("three steps down a parabola of " + optimizer, () -> {
            try (Kernels device = kernels.get();
                    Memory parameter = device.allocate("parameters", 1);
                    Memory gradient = device.allocate("gradients", 1);
                    Memory state = device.allocate("state", Math.max(1, optimizer.slots()))) {
                Update update = device.bind(
                        optimizer,
                        new UpdateBinding(parameter, gradient, state, 1, List.of(new UpdateBinding.Range(0, 1))));
                float[] w = {1};
                parameter.write(0, w, 0, 1);
                for (int step = 0; step < 3; step++) {
                    parameter.read(0, w, 0, 1);
                    gradient.fill(0, 1, 2 * w[0]);
                    update.apply(optimizer.learningRate(), step);
                }
                parameter.read(0, w, 0, 1);
                assertThat((double) w[0]).isEqualTo(expected, within(1e-6));
            }
        });
    }

    private static void steps(Optimizer optimizer, Supplier<Kernels> kernels) {
        float[] actual = Ramp.between(-1, 1, LENGTH, 1);
        double[] expected = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            expected[i] = actual[i];
        }
        double[][] slots = new double[optimizer.slots()][LENGTH];
        try (Kernels device = kernels.get();
                Memory parameters = device.allocate("parameters", LENGTH);
                Memory gradients = device.allocate("gradients", LENGTH);
                Memory state = device.allocate("state", Math.max(1, (long) optimizer.slots() * LENGTH))) {
            Update update = device.bind(optimizer, new UpdateBinding(parameters, gradients, state, LENGTH, RANGES));
            parameters.write(0, actual, 0, LENGTH);
            for (int step = 0; step < 5; step++) {
                float[] gradient = Ramp.between(-1, 1, LENGTH, 100 + step);
                gradients.write(0, gradient, 0, LENGTH);
                float rate = optimizer.learningRate() / (step + 1);
                update.apply(rate, step);
                for (UpdateBinding.Range range : RANGES) {
                    for (int i = (int) range.offset(); i < range.offset() + range.length(); i++) {
                        expected[i] = UpdateOracle.step(optimizer, rate, step, expected[i], gradient[i], slots, i);
                    }
                }
            }
            parameters.read(0, actual, 0, LENGTH);
        }
        for (int i = 0; i < LENGTH; i++) {
            assertThat((double) actual[i]).as("parameter %d", i).isEqualTo(expected[i], within(4e-6));
        }
    }
}
