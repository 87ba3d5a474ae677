package dev.fovea.opencl;

import dev.fovea.ops.Alignment;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Tensor;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.MetricUse;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import dev.fovea.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As a generated class would be, for {@code image [2, 9, 8] -> conv(5, kernel=3) with a connection table -> relu -> batchnorm ->
 * maxpool(2) -> flatten -> dense(3) = logits}: parameters, state, tables and what is saved, each of them memory that can lack.
 */
final class SmallNet extends CompiledModel {
    static final int CLASSES = 3;
    private static final Conv CONV = new Conv(
            5,
            Pair.square(3),
            Pair.square(1),
            Padding.NONE,
            Pair.square(1),
            1,
            true,
            PaddingMode.ZEROS,
            Initializer.DEFAULT,
            List.of(List.of(0), List.of(1), List.of(0, 1), List.of(1), List.of(0)),
            Rounding.FLOOR);
    private static final BatchNorm NORM = new BatchNorm(1e-5f, 0.1f, true);
    private static final MaxPool POOL =
            new MaxPool(Pair.square(2), Pair.square(2), Padding.NONE, Pair.square(1), false);
    private static final Dense DENSE = new Dense(CLASSES, true, Initializer.DEFAULT);

    private static final Shape INPUT = Shape.of(2, 9, 8);
    private static final Shape MAPS = Shape.of(5, 7, 6);
    private static final Shape POOLED = Shape.of(5, 3, 3);
    private static final Tensor IMAGE = Tensor.of(INPUT, 0, -1, 0);
    private static final Tensor CONVOLVED = Tensor.of(MAPS, 144, 1200, 144);
    private static final Tensor NORMED = Tensor.of(MAPS, 354, 990, 354);
    private static final Tensor HALVED = Tensor.of(POOLED, 564, 900, 564);
    private static final Tensor FLAT = Tensor.of(Shape.of(45), 564, 900, 564);
    private static final Tensor LOGITS = Tensor.of(Shape.of(CLASSES), 609, 880, 609);
    private static final long SAVED = 620;
    private static final long FLOATS = 1410;

    private static final List<ModelParameter> PARAMETERS = new ArrayList<>();

    static {
        declare("conv", CONV, INPUT, MAPS);
        declare("norm", NORM, MAPS, MAPS);
        declare("fc", DENSE, Shape.of(45), Shape.of(CLASSES));
    }

    static final ModelSpec SPEC = new ModelSpec(
            "SmallNet",
            "small.cnn",
            List.of(new Port("image", IMAGE, false)),
            List.of(new Port("logits", LOGITS, false)),
            PARAMETERS,
            FLOATS,
            620,
            NORM.def().saved(NORM, List.of(MAPS), MAPS).perBatch(),
            length(true),
            length(false));

    private static final Target LABEL = new Target("label", Shape.of(1), Optional.of(CLASSES));
    private static final LossTerm LOSS =
            new LossTerm(1, new CrossEntropy(0.1f, List.of(1f, 2f, 0.5f)), "logits", "label");
    static final Recipe RECIPE = new Recipe(
            "",
            List.of(LABEL),
            List.of(new Phase(
                    "",
                    List.of(LOSS),
                    new Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0),
                    new Constant(0),
                    8,
                    1,
                    Map.of(),
                    List.of(new MetricUse(new Accuracy(), "logits", "label")),
                    List.of(),
                    Optional.of(1f),
                    Optional.empty())));

    private final Kernel conv;
    private final Kernel norm;
    private final Kernel pool;
    private final Kernel fc;

    SmallNet(Kernels kernels, int batch) {
        super(SPEC, kernels, new BuildOptions("opencl", 1, batch, 5, true, false));
        conv = assembly()
                .layer("conv", CONV)
                .activation(new Relu())
                .in(IMAGE)
                .parameter(parameter("conv.weight"))
                .parameter(parameter("conv.bias"))
                .out(CONVOLVED);
        norm = assembly()
                .layer("norm", NORM)
                .in(CONVOLVED)
                .parameter(parameter("norm.weight"))
                .parameter(parameter("norm.bias"))
                .parameter(parameter("norm.running_mean"))
                .parameter(parameter("norm.running_var"))
                .savedPerBatch(0)
                .out(NORMED);
        pool = assembly().layer("pool", POOL).in(NORMED).saved(SAVED).out(HALVED);
        assembly().view(HALVED, FLAT);
        fc = assembly()
                .layer("fc", DENSE)
                .in(FLAT)
                .parameter(parameter("fc.weight"))
                .parameter(parameter("fc.bias"))
                .out(LOGITS);
    }

    @Override
    protected void forward(Run run) {
        conv.forward(run);
        norm.forward(run);
        pool.forward(run);
        fc.forward(run);
    }

    @Override
    protected void backward(Run run) {
        fc.backward(run);
        pool.backward(run);
        norm.backward(run);
        conv.backward(run);
    }

    /** Makes steps on random pictures; returns the last loss. */
    double train(int steps) throws FoveaException {
        try (TrainingStep step = new TrainingStep(this, RECIPE, RECIPE.lastPhase())) {
            double loss = Double.NaN;
            for (int i = 0; i < steps; i++) {
                feed(step, i);
                loss = step.forward(options().batch());
                step.backward(0.01f);
            }
            kernels().finish();
            return loss;
        }
    }

    /** Puts random pictures and labels where a step finds them. */
    void feed(TrainingStep step, int number) {
        int batch = options().batch();
        float[] images = new float[Math.toIntExact(batch * INPUT.size())];
        float[] labels = new float[batch];
        RandomStream random = RandomStream.named(number, "pictures");
        random.fillUniform(images, 0, images.length, 0, -1, 1);
        for (int i = 0; i < batch; i++) {
            labels[i] = random.child(1).below(i, CLASSES);
        }
        write(spec().inputs().get(0), images, batch);
        step.objective().target("label", labels, batch);
    }

    /** All parameters, running statistics included. */
    List<float[]> values() {
        return weights().all().stream().map(weights()::read).toList();
    }

    private static void declare(String layer, Op op, Shape input, Shape output) {
        for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
            long offset = length(parameter.isTrainable());
            PARAMETERS.add(new ModelParameter(layer + "." + parameter.name(), parameter, offset, false));
        }
    }

    /** Behind the parameters so far, each of which begins at a multiple of 16. */
    private static long length(boolean trainable) {
        return PARAMETERS.stream()
                .map(ModelParameter::parameter)
                .filter(parameter -> parameter.isTrainable() == trainable)
                .mapToLong(parameter -> Alignment.up(parameter.shape().size()))
                .sum();
    }

    private static ModelParameter parameter(String name) {
        return PARAMETERS.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
