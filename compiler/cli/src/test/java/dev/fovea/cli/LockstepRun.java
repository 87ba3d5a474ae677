package dev.fovea.cli;

import dev.fovea.cli.LockstepKernels.Stride;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.TrainingStep;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a model from its initial values on two devices at once and compares all that they write. Each step begins on both with the same
 * weights, running statistics, momentum and batch; backward begins with the same values of all layers, so that the same rectifiers are
 * open; the update with the same gradients. How much further the second device goes by itself is the stride.
 */
final class LockstepRun {
    private static final float RATE = 0.01f;

    private LockstepRun() {}

    /**
     * Compares some steps.
     *
     * @param expected the device that is the measure; closed here
     * @param actual the device that is measured; closed here
     */
    static Parity of(LoadedModel loaded, Kernels expected, Kernels actual, int batch, int steps, Stride stride)
            throws FoveaException {
        Comparison comparison = Comparison.inLockstep();
        LockstepKernels kernels = new LockstepKernels(expected, actual, stride, comparison);
        try (CompiledModel model = built(loaded, kernels, batch)) {
            Port output = model.spec().mainOutput();
            Recipe recipe = TrainingTask.recipe(output, new Sgd(RATE, 0.9f, false, 1e-4f));
            try (TrainingStep step = new TrainingStep(model, recipe, recipe.lastPhase())) {
                for (int i = 0; i < steps; i++) {
                    comparison.begin("step " + i);
                    TrainingTask.feed(model, step, output, batch, i);
                    step.forward(batch);
                    compareOutput(
                            comparison, model.value(output), output.shape().size(), batch);
                    kernels.align();
                    List<float[]> before = weights(model);
                    step.backward(RATE);
                    compareUpdates(comparison, kernels.update(), model, before);
                    kernels.align();
                }
            }
        }
        return comparison.parity();
    }

    private static CompiledModel built(LoadedModel loaded, Kernels kernels, int batch) {
        BuildOptions options = new BuildOptions("cpu", TrainingTask.THREADS, batch, TrainingTask.SEED, true, false);
        try {
            // A model is otherwise built on a device that has a name.
            Constructor<?> constructor = loaded.type().getDeclaredConstructor(Kernels.class, BuildOptions.class);
            constructor.setAccessible(true);
            CompiledModel model = (CompiledModel) constructor.newInstance(kernels, options);
            kernels.ready();
            return model;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class is not as it should be: " + loaded.type(), e);
        }
    }

    private static void compareOutput(Comparison comparison, Region region, long size, int batch) {
        LockstepMemory memory = LockstepMemory.of(region);
        float[] actual = LockstepMemory.read(memory.actual(), region, size, batch);
        float[] expected = LockstepMemory.read(memory.expected(), region, size, batch);
        comparison.output(actual, expected);
        comparison.classes(actual, expected, batch);
    }

    private static void compareUpdates(
            Comparison comparison, UpdateBinding update, CompiledModel model, List<float[]> before) {
        List<ModelParameter> parameters = trainable(model);
        for (int i = 0; i < parameters.size(); i++) {
            ModelParameter parameter = parameters.get(i);
            float[] actual = read(((LockstepMemory) update.parameters()).actual(), parameter.offset(), parameter);
            float[] expected = read(((LockstepMemory) update.parameters()).expected(), parameter.offset(), parameter);
            comparison.update(parameter.name(), before.get(i), actual, expected);
            comparison.tensor("weights", parameter.name(), actual, expected);
            comparison.tensor(
                    "momentum",
                    parameter.name(),
                    read(((LockstepMemory) update.state()).actual(), parameter.offset(), parameter),
                    read(((LockstepMemory) update.state()).expected(), parameter.offset(), parameter));
        }
    }

    private static List<float[]> weights(CompiledModel model) {
        List<float[]> weights = new ArrayList<>();
        for (ModelParameter parameter : trainable(model)) {
            weights.add(model.weights().read(parameter));
        }
        return weights;
    }

    private static List<ModelParameter> trainable(CompiledModel model) {
        return model.weights().all().stream()
                .filter(parameter -> parameter.parameter().isTrainable())
                .toList();
    }

    private static float[] read(Memory memory, long offset, ModelParameter parameter) {
        float[] values = new float[Math.toIntExact(parameter.parameter().shape().size())];
        memory.read(offset, values, 0, values.length);
        return values;
    }
}
