package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What a device makes of some steps of training by itself, on numbers that are the same for every device.
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
    private static final float RATE = 0.01f;
    private static final Optimizer OPTIMIZER = new Sgd(RATE, 0.9f, false, 1e-4f);

    /** Trains a model from its initial values. */
    static DeviceRun of(LoadedModel loaded, String device, int batch, int steps) throws FoveaException {
        return of(loaded, device, batch, steps, OPTIMIZER);
    }

    /** The same three times, from initial values of which each is first moved to the next float: every other one up and down, all up, all down. */
    static List<DeviceRun> moved(LoadedModel loaded, String device, int batch, int steps) throws FoveaException {
        List<DeviceRun> runs = new ArrayList<>();
        for (IntPredicate up : List.<IntPredicate>of(i -> i % 2 == 0, i -> true, i -> false)) {
            runs.add(moved(loaded, device, batch, steps, up));
        }
        return runs;
    }

    private static DeviceRun moved(LoadedModel loaded, String device, int batch, int steps, IntPredicate up)
            throws FoveaException {
        try (CompiledModel model = built(loaded, device, batch)) {
            for (ModelParameter parameter : model.weights().all()) {
                float[] values = model.weights().read(parameter);
                for (int i = 0; i < values.length; i++) {
                    values[i] = up.test(i) ? Math.nextUp(values[i]) : Math.nextDown(values[i]);
                }
                model.weights().write(parameter, values);
            }
            return of(model, batch, steps, OPTIMIZER);
        }
    }

    /** A run with an optimizer of the caller's. */
    static DeviceRun of(LoadedModel loaded, String device, int batch, int steps, Optimizer optimizer)
            throws FoveaException {
        try (CompiledModel model = built(loaded, device, batch)) {
            return of(model, batch, steps, optimizer);
        }
    }

    private static DeviceRun of(CompiledModel model, int batch, int steps, Optimizer optimizer) throws FoveaException {
        Port output = model.spec().mainOutput();
        Recipe recipe = TrainingTask.recipe(output, optimizer);
        float[] first = new float[Math.toIntExact(batch * output.shape().size())];
        List<Map<String, float[]>> gradients = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        Map<String, float[]> before = weights(model);
        try (TrainingStep step = new TrainingStep(model, recipe, recipe.lastPhase())) {
            for (int i = 0; i < steps; i++) {
                TrainingTask.feed(model, step, output, batch, i);
                losses.add(step.forward(batch));
                if (i == 0) {
                    model.read(output, first, batch);
                }
                step.backward(RATE);
                gradients.add(gradients(model));
            }
        }
        return new DeviceRun(first, losses, gradients, before, weights(model));
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
                .threads(TrainingTask.THREADS)
                .batch(batch)
                .seed(TrainingTask.SEED)
                .build();
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
}
