package dev.fovea.cli;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
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

/**
 * What a device makes of some steps of training, on numbers that are the same for every device.
 *
 * @param output of the first step
 * @param losses of all steps
 * @param gradients of the first step, by the parameters' names
 * @param weights behind the last step, running statistics included
 */
record DeviceRun(float[] output, List<Double> losses, Map<String, float[]> gradients, Map<String, float[]> weights) {
    private static final long SEED = 11;

    /** Trains a model by the cross entropy of classes, or where its output is a picture by the mean squared difference. */
    static DeviceRun of(LoadedModel loaded, String device, int batch, int steps) throws FoveaException {
        try (CompiledModel model = loaded.builder()
                .device(device)
                .threads(2)
                .batch(batch)
                .seed(SEED)
                .build()) {
            Port output = model.spec().mainOutput();
            Recipe recipe = recipe(output);
            float[] first = new float[0];
            Map<String, float[]> gradients = new LinkedHashMap<>();
            List<Double> losses = new ArrayList<>();
            try (TrainingStep step = new TrainingStep(model, recipe, recipe.lastPhase())) {
                for (int i = 0; i < steps; i++) {
                    feed(model, step, output, batch, i);
                    losses.add(step.forward(batch));
                    if (i == 0) {
                        first = new float[Math.toIntExact(batch * output.shape().size())];
                        model.read(output, first, batch);
                    }
                    step.backward(0.01f);
                    for (ModelParameter parameter : model.weights().all()) {
                        if (i == 0 && parameter.parameter().isTrainable()) {
                            gradients.put(parameter.name(), model.weights().readGradient(parameter));
                        }
                    }
                }
            }
            Map<String, float[]> weights = new LinkedHashMap<>();
            for (ModelParameter parameter : model.weights().all()) {
                weights.put(parameter.name(), model.weights().read(parameter));
            }
            return new DeviceRun(first, losses, gradients, weights);
        }
    }

    private static boolean isPicture(Port output) {
        return output.name().equals("picture");
    }

    private static Recipe recipe(Port output) {
        Shape shape = output.shape();
        Shape classes = shape.area() == 1 ? Shape.of(1) : Shape.of(shape.height(), shape.width());
        Target target = isPicture(output)
                ? new Target("wanted", shape, Optional.empty())
                : new Target("wanted", classes, Optional.of(shape.channels()));
        Op loss = isPicture(output) ? new Mse() : new CrossEntropy(0.1f);
        Phase phase = new Phase(
                "",
                List.of(new LossTerm(1, loss, output.name(), "wanted")),
                new Sgd(0.01f, 0.9f, false, 1e-4f),
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
