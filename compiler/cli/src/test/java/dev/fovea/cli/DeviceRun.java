package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import dev.fovea.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a device makes of some steps of training, on numbers that are the same for every device.
 *
 * @param output of the first step
 * @param losses of all steps
 * @param gradients of all steps, by the parameters' names
 * @param before the weights in front of the first step, running statistics included
 * @param after the weights behind the last step
 */
record DeviceRun(
        float[] output,
        List<Double> losses,
        List<Map<String, float[]>> gradients,
        Map<String, float[]> before,
        Map<String, float[]> after) {
    private static final long SEED = 11;
    private static final int THREADS = 2;
    private static final String RUNNING_MEAN = "running_mean";

    /** The step from initial values. */
    private static final float RATE = 0.01f;

    /** Off kinks the step that a user would take: 0.1 for 256 samples, in proportion (Goyal and others, "Accurate, Large Minibatch SGD", 2017). */
    private static final float RATE_OF_256 = 0.1f;

    /** Where a run sets out. */
    enum Start {
        /** From the values that the model's initialisers give. */
        AS_INITIALIZED,

        /** The same with what batch norms make moved away from the kinks of the activations behind them. */
        OFF_KINKS,

        /** From there, each weight moved to one of its two neighbours among the float32: what a rounding of it might have done. */
        ROUNDED
    }

    /** Trains a model by the cross entropy of classes, or where its output is a picture or a score by the mean squared difference. */
    static DeviceRun of(LoadedModel loaded, String device, int batch, int steps, Start start) throws FoveaException {
        return of(loaded, device, batch, steps, start, new Sgd(RATE_OF_256, 0.9f, false, 1e-4f));
    }

    /** The same with an optimizer of the caller's. */
    static DeviceRun of(LoadedModel loaded, String device, int batch, int steps, Start start, Optimizer optimizer)
            throws FoveaException {
        try (CompiledModel model = built(loaded, device, batch)) {
            Port output = model.spec().mainOutput();
            Recipe recipe = recipe(output, optimizer);
            float[] first = new float[Math.toIntExact(batch * output.shape().size())];
            List<Map<String, float[]>> gradients = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            if (start != Start.AS_INITIALIZED) {
                leaveKinks(model);
            }
            if (start == Start.ROUNDED) {
                moveByARounding(model);
            }
            Map<String, float[]> before = weights(model);
            try (TrainingStep step = new TrainingStep(model, recipe, recipe.lastPhase())) {
                for (int i = 0; i < steps; i++) {
                    feed(model, step, output, batch, i);
                    losses.add(step.forward(batch));
                    if (i == 0) {
                        model.read(output, first, batch);
                    }
                    step.backward(start == Start.AS_INITIALIZED ? RATE : RATE_OF_256 * batch / 256);
                    gradients.add(gradients(model));
                }
            }
            return new DeviceRun(first, losses, gradients, before, weights(model));
        }
    }

    /** Fails where a number differs from that of another run. */
    void assertSameBits(DeviceRun expected) {
        assertThat(output).isEqualTo(expected.output);
        assertThat(losses).isEqualTo(expected.losses);
        assertThat(gradients).hasSameSizeAs(expected.gradients);
        for (int i = 0; i < gradients.size(); i++) {
            assertSameBits("gradient in step " + i + " of ", gradients.get(i), expected.gradients.get(i));
        }
        assertSameBits("weights of ", after, expected.after);
    }

    private static void assertSameBits(String what, Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, values) -> assertThat(actual.get(name)).as(what + name).isEqualTo(values));
    }

    private static CompiledModel built(LoadedModel loaded, String device, int batch) throws FoveaException {
        return loaded.builder()
                .device(device)
                .threads(THREADS)
                .batch(batch)
                .seed(SEED)
                .build();
    }

    /**
     * Gives batch norms the spread 0.2 about 1, in every fourth channel about −1: five deviations from where relu and relu6 bend, ten from
     * where hardswish does. Three channels of four are open, the fourth is shut; in sums of residual blocks the same ones are.
     */
    private static void leaveKinks(CompiledModel model) {
        for (ModelParameter statistics : model.weights().all()) {
            if (statistics.name().endsWith(RUNNING_MEAN)) {
                String layer = statistics.name().substring(0, statistics.name().length() - RUNNING_MEAN.length());
                fill(model, layer + "weight", channel -> 0.2f);
                fill(model, layer + "bias", channel -> channel % 4 == 3 ? -1f : 1f);
            }
        }
    }

    private static void moveByARounding(CompiledModel model) {
        RandomStream random = RandomStream.named(SEED, "roundings");
        for (ModelParameter parameter : model.weights().all()) {
            if (parameter.parameter().isTrainable()) {
                RandomStream own = random.child(parameter.name().hashCode());
                float[] values = model.weights().read(parameter);
                for (int i = 0; i < values.length; i++) {
                    values[i] = own.below(i, 2) == 0 ? Math.nextUp(values[i]) : Math.nextDown(values[i]);
                }
                model.weights().write(parameter, values);
            }
        }
    }

    private static void fill(CompiledModel model, String name, IntFunction<Float> value) {
        model.weights().find(name).ifPresent(parameter -> {
            float[] values = model.weights().read(parameter);
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = value.apply(channel);
            }
            model.weights().write(parameter, values);
        });
    }

    private static Map<String, float[]> weights(CompiledModel model) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (ModelParameter parameter : model.weights().all()) {
            weights.put(parameter.name(), model.weights().read(parameter));
        }
        return weights;
    }

    private static Map<String, float[]> gradients(CompiledModel model) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (ModelParameter parameter : model.weights().all()) {
            if (parameter.parameter().isTrainable()) {
                gradients.put(parameter.name(), model.weights().readGradient(parameter));
            }
        }
        return gradients;
    }

    /** A single channel is no choice of classes: of one class the cross entropy is 0, and nothing would be trained. */
    private static boolean isPicture(Port output) {
        return output.name().equals("picture") || output.shape().channels() == 1;
    }

    private static Recipe recipe(Port output, Optimizer optimizer) {
        Shape shape = output.shape();
        Shape classes = shape.area() == 1 ? Shape.of(1) : Shape.of(shape.height(), shape.width());
        Target target = isPicture(output)
                ? new Target("wanted", shape, Optional.empty())
                : new Target("wanted", classes, Optional.of(shape.channels()));
        Op loss = isPicture(output) ? new Mse() : new CrossEntropy(0.1f);
        Phase phase = new Phase(
                "",
                List.of(new LossTerm(1, loss, output.name(), "wanted")),
                optimizer,
                new Constant(0),
                1,
                1,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new Recipe("", List.of(target), List.of(phase));
    }

    private static void feed(CompiledModel model, TrainingStep step, Port output, int batch, int number) {
        RandomStream random = RandomStream.named(SEED, "batches").child(number);
        for (Port input : model.spec().inputs()) {
            model.write(input, numbers(random.child(1), batch * input.shape().size()), batch);
        }
        boolean picture = isPicture(output);
        float[] wanted = numbers(
                random.child(2),
                batch * (picture ? output.shape().size() : output.shape().area()));
        for (int i = 0; i < wanted.length && !picture; i++) {
            wanted[i] = random.child(3).below(i, output.shape().channels());
        }
        step.objective().target("wanted", wanted, batch);
    }

    private static float[] numbers(RandomStream random, long count) {
        float[] values = new float[Math.toIntExact(count)];
        random.fillUniform(values, 0, values.length, 0, -1, 1);
        return values;
    }
}
