package dev.fovea.cli;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import dev.fovea.runtime.train.TrainingStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any model can be trained on, to compare devices: random inputs, and random classes or pictures as targets. */
final class TrainingTask {
    static final long SEED = 11;
    static final int THREADS = 2;

    private TrainingTask() {}

    /** The cross entropy of classes, or where the output is a picture or a score the mean squared difference. */
    static Recipe recipe(Port output, Optimizer optimizer) {
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

    /** A single channel is no choice of classes: of one class the cross entropy is 0, and nothing would be trained. */
    private static boolean isPicture(Port output) {
        return output.name().equals("picture") || output.shape().channels() == 1;
    }

    /** Sets the inputs and targets of a step, which are the same on every device. */
    static void feed(CompiledModel model, TrainingStep step, Port output, int batch, int number) {
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
