package dev.fovea.runtime.train;

import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Tensor;
import java.util.List;

/**
 * As a generated class would be, for {@code image [1, 4, 4] -> flatten -> fc1: dense(5) = hidden -> fc2: dense(3) = logits} with
 * {@code output(train) aux = hidden -> fc3: dense(3)} and {@code output copy = logits -> fc4: dense(16)}.
 */
final class TinyModel extends CompiledModel {
    private static final Tensor IMAGE = Tensor.of(Shape.of(1, 4, 4), 0, -1, 0);
    private static final Tensor FLAT = Tensor.of(Shape.of(16), 0, -1, 0);
    private static final Tensor HIDDEN = Tensor.of(Shape.of(5), 16, 48, 16);
    private static final Tensor LOGITS = Tensor.of(Shape.of(3), 24, 56, 24);
    private static final Tensor AUX = Tensor.of(Shape.of(3), 28, 60, -1);
    private static final Tensor COPY = Tensor.of(Shape.of(16), 32, 64, 32);

    private static final ModelParameter FC1_WEIGHT = weight("fc1", 5, 16, 0);
    private static final ModelParameter FC1_BIAS = bias("fc1", 5, 16, 80);
    private static final ModelParameter FC2_WEIGHT = weight("fc2", 3, 5, 96);
    private static final ModelParameter FC2_BIAS = bias("fc2", 3, 5, 112);
    private static final ModelParameter FC3_WEIGHT = weight("fc3", 3, 5, 128);
    private static final ModelParameter FC3_BIAS = bias("fc3", 3, 5, 144);
    private static final ModelParameter FC4_WEIGHT = weight("fc4", 16, 3, 160);
    private static final ModelParameter FC4_BIAS = bias("fc4", 16, 3, 208);

    static final ModelSpec SPEC = new ModelSpec(
            "TinyModel",
            "tiny.cnn",
            List.of(new Port("image", IMAGE, false)),
            List.of(new Port("logits", LOGITS, false), new Port("copy", COPY, false), new Port("aux", AUX, true)),
            List.of(FC1_WEIGHT, FC1_BIAS, FC2_WEIGHT, FC2_BIAS, FC3_WEIGHT, FC3_BIAS, FC4_WEIGHT, FC4_BIAS),
            80,
            48,
            0,
            224,
            0);

    private final Kernel fc1;
    private final Kernel fc2;
    private final Kernel fc3;
    private final Kernel fc4;

    TinyModel(PlainKernels kernels, int batch, long seed, boolean training) {
        this(kernels, new BuildOptions("plain", 1, batch, seed, training, false));
    }

    TinyModel(Kernels kernels, BuildOptions options) {
        super(SPEC, kernels, options);
        fc1 = assembly()
                .layer("fc1", dense(5))
                .in(FLAT)
                .parameter(FC1_WEIGHT)
                .parameter(FC1_BIAS)
                .out(HIDDEN);
        fc2 = assembly()
                .layer("fc2", dense(3))
                .inAdding(HIDDEN)
                .parameter(FC2_WEIGHT)
                .parameter(FC2_BIAS)
                .out(LOGITS);
        fc3 = assembly()
                .layer("fc3", dense(3))
                .in(HIDDEN)
                .parameter(FC3_WEIGHT)
                .parameter(FC3_BIAS)
                .trainOnly()
                .out(AUX);
        fc4 = assembly()
                .layer("fc4", dense(16))
                .inAdding(LOGITS)
                .parameter(FC4_WEIGHT)
                .parameter(FC4_BIAS)
                .out(COPY);
    }

    static TinyModel training(int batch, long seed) {
        return new TinyModel(new PlainKernels(), batch, seed, true);
    }

    @Override
    protected void forward(Run run) {
        fc1.forward(run);
        fc2.forward(run);
        if (run.training()) {
            fc3.forward(run);
        }
        fc4.forward(run);
    }

    @Override
    protected void backward(Run run) {
        fc4.backward(run);
        fc3.backward(run);
        fc2.backward(run);
        fc1.backward(run);
    }

    private static Dense dense(int units) {
        return new Dense(units, true, Initializer.DEFAULT);
    }

    private static ModelParameter weight(String layer, int units, int inputs, long offset) {
        Parameter parameter =
                Parameter.trainable("weight", Shape.of(units, inputs), Initializer.DEFAULT, inputs, units);
        return new ModelParameter(layer + ".weight", parameter, offset, layer.equals("fc3"));
    }

    private static ModelParameter bias(String layer, int units, int inputs, long offset) {
        Parameter parameter = Parameter.trainable("bias", Shape.of(units), Initializer.DEFAULT, inputs, units);
        return new ModelParameter(layer + ".bias", parameter, offset, layer.equals("fc3"));
    }
}
