package dev.fovea.runtime.train;

import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.KlSparsity;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.SparseAutoencoder;
import dev.fovea.ops.recipe.StackedLayer;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A step of an auto-encoder of one layer: what the layer makes of its input, spoilt or not, is decoded and compared with the input. The
 * error is summed over the elements of a sample, its mean taken over the batch.
 */
final class AutoencoderStep extends LayerStep {
    private final Operand code;
    private final Optional<Spoiler> spoiler;
    private final Kernel encode;
    private final Optional<Kernel> activate;
    private final Kernel decode;
    private final BoundLoss error;
    private final Optional<BoundLoss> sparsity;

    AutoencoderStep(CompiledModel model, Phase phase, Stage stage) {
        super(model, phase, stage, true);
        StackedLayer layer = stage.layer();
        Operand whole = source.values();
        this.spoiler = stage.method() instanceof DenoisingAutoencoder method
                ? Optional.of(new Spoiler(method, source, kernels, run, layer.name()))
                : Optional.empty();
        Operand seen = spoiler.map(Spoiler::output).orElse(whole);
        Operand sums = kernels.trained("the code's sums", layer.code());
        this.code = layer.activation()
                .map(op -> kernels.trained("the code", layer.code()))
                .orElse(sums);
        Operand back = kernels.trained("what comes back", layer.input());
        this.encode = kernels.bind(layer.op(), List.of(seen), sums, encoderParameters(isTied(), false));
        this.activate = layer.activation().map(op -> kernels.bind(op, List.of(sums), code, List.of()));
        this.decode = kernels.bind(stage.decoder(), List.of(code), back, decoderParameters(true));
        this.error = loss(
                (float) layer.input().size(),
                stage.method().visible() == Visible.BERNOULLI ? new BceWithLogits() : new Mse(),
                back,
                Optional.of(whole),
                0);
        this.sparsity = stage.method() instanceof SparseAutoencoder method && method.beta() > 0
                ? Optional.of(loss(method.beta(), new KlSparsity(method.rho()), adding(code), Optional.empty(), 1))
                : Optional.empty();
    }

    @Override
    double learn(int batch) {
        spoiler.ifPresent(Spoiler::run);
        encode.forward(run);
        activate.ifPresent(kernel -> kernel.forward(run));
        decode.forward(run);
        double sum = error.forward(run);
        return sparsity.isPresent() ? sum + sparsity.get().forward(run) : sum;
    }

    @Override
    double reconstruct(int batch) {
        return learn(batch);
    }

    @Override
    float[] codes(int batch) {
        float[] codes = new float[batch * Math.toIntExact(code.shape().size())];
        code.value().memory().read(0, codes, 0, codes.length);
        return codes;
    }

    @Override
    void differentiate() {
        error.seed(run.batch());
        error.backward(run);
        decode.backward(run);
        sparsity.ifPresent(loss -> {
            loss.seed(run.batch());
            loss.backward(run);
        });
        activate.ifPresent(kernel -> kernel.backward(run));
        encode.backward(run);
    }

    @Override
    public void close() {
        error.close();
        sparsity.ifPresent(BoundLoss::close);
        super.close();
    }

    private BoundLoss loss(float weight, Op op, Operand prediction, Optional<Operand> target, int number) {
        LossTerm term = new LossTerm(weight, op, stage.layer().name(), target.isPresent() ? "its input" : "");
        return new BoundLoss(model.kernels(), term, prediction, target, kernels.capacity(), number);
    }

    /** The decoder has written the code's gradient already. */
    private static Operand adding(Operand code) {
        Gradient gradient = code.gradient();
        return new Operand(code.shape(), code.value(), gradient == null ? null : new Gradient(gradient.region(), true));
    }
}
