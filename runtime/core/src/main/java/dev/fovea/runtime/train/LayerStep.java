package dev.fovea.runtime.train;

import dev.fovea.ops.Parameter;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.StackedLayer;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step that trains one layer of a model by itself, with a decoder from the layer's code back to its input. The layer's parameters and
 * their gradients are the model's; all else is the step's own.
 */
abstract class LayerStep implements PhaseStep {
    final CompiledModel model;
    final Stage stage;
    final LayerSource source;
    final StageKernels kernels;
    final Run run = new Run();
    private final Objective objective;
    private final MovedParameters encoder;
    private final DecoderParameters decoder;
    private final Optional<Float> clipNorm;
    private final Optional<Float> clipValue;
    private final boolean tied;
    private boolean checked;
    private long updates;

    /**
     * @param decaysBiases whether the optimizer's weight decay is for biases too
     */
    LayerStep(CompiledModel model, Phase phase, Stage stage, boolean decaysBiases) {
        Memory gradients = model.gradients();
        if (gradients == null) {
            throw new IllegalArgumentException(model.spec().name() + " was built for inference");
        }
        StackedLayer layer = stage.layer();
        this.model = model;
        this.stage = stage;
        this.clipNorm = phase.clipNorm();
        this.clipValue = phase.regime().clipValue();
        this.source = new LayerSource(model, stage);
        this.kernels =
                new StageKernels(model.kernels(), layer.name(), model.options().batch());
        List<Parameter> back = stage.decoder().def().parameters(stage.decoder(), List.of(layer.code()), layer.input());
        this.tied = stage.isTied();
        this.encoder = new MovedParameters(
                model.kernels(),
                model.parameters(),
                gradients,
                layer.op().def().parameters(layer.op(), List.of(layer.input()), layer.code()).stream()
                        .map(parameter -> ofModel(model, layer.name() + "." + parameter.name()))
                        .toList(),
                phase.optimizer(),
                decaysBiases);
        this.decoder = new DecoderParameters(
                model.kernels(),
                layer.name(),
                tied ? back.subList(1, back.size()) : back,
                model.options().seed(),
                phase.optimizer(),
                decaysBiases);
        this.objective = new Objective(model, List.of(), List.of(), false);
    }

    /**
     * The step of a layer.
     *
     * @throws IllegalArgumentException where the model was built for inference or the recipe does not fit it
     * @throws dev.fovea.runtime.kernels.DeviceException where the device has not the memory or no such kernel
     */
    static LayerStep of(CompiledModel model, Phase phase, Stage stage) {
        return stage.method() instanceof Rbm
                ? new RbmStep(model, phase, stage)
                : new AutoencoderStep(model, phase, stage);
    }

    /** Runs the layer and its decoder on the values of the source, and says what is to become small. */
    abstract double learn(int batch);

    /** The error of what comes back of the values of the source, nothing spoilt and nothing drawn. */
    abstract double reconstruct(int batch);

    /** Works out the gradients, after {@link #learn}. */
    abstract void differentiate();

    /** Empty: without labels there are no targets to set. */
    @Override
    public Objective objective() {
        return objective;
    }

    @Override
    public double forward(int batch) throws FoveaException {
        source.load(batch);
        if (!checked && stage.method().visible() == Visible.BERNOULLI) {
            source.requireProbabilities(batch);
        }
        checked = true;
        run.set(batch, true, model.options().seed(), model.step());
        return learn(batch);
    }

    /** The error of what comes back of the batch in the model's inputs. */
    double error(int batch) {
        source.load(batch);
        run.set(batch, false, model.options().seed(), model.step());
        return reconstruct(batch);
    }

    @Override
    public boolean backward(float learningRate, boolean last) {
        differentiate();
        clipValue.ifPresent(most -> {
            encoder.clampGradients(most);
            decoder.moved().clampGradients(most);
        });
        clipNorm.ifPresent(this::clip);
        encoder.apply(learningRate, updates);
        decoder.moved().apply(learningRate, updates);
        updates++;
        model.step(model.step() + 1);
        return true;
    }

    @Override
    public List<Range> ranges() {
        return encoder.ranges();
    }

    /**
     * The layer's parameters.
     *
     * @param weightAccumulates whether another kernel has written the gradient of the weight before
     */
    List<ParameterOperand> encoderParameters(boolean weightAccumulates, boolean biasAccumulates) {
        List<ParameterOperand> operands = new ArrayList<>();
        for (int i = 0; i < encoder.all().size(); i++) {
            operands.add(encoder.operand(i, i == 0 ? weightAccumulates : biasAccumulates));
        }
        return operands;
    }

    /**
     * The decoder's parameters; the first to write their gradients in backward.
     *
     * @param moved whether the decoder adds to the gradient of a weight that it borrows
     */
    List<ParameterOperand> decoderParameters(boolean moved) {
        List<ParameterOperand> operands = new ArrayList<>();
        if (tied) {
            ParameterOperand weight = encoder.operand(0, false);
            operands.add(moved ? weight : new ParameterOperand(weight.parameter(), weight.value(), null));
        }
        for (int i = 0; i < decoder.moved().all().size(); i++) {
            operands.add(decoder.moved().operand(i, false));
        }
        return operands;
    }

    boolean isTied() {
        return tied;
    }

    MovedParameters encoder() {
        return encoder;
    }

    DecoderParameters decoderOwn() {
        return decoder;
    }

    /** What the layer made of the samples that it ran on last. */
    abstract float[] codes(int batch);

    @Override
    public Optional<TrainedLayer> layer() {
        return Optional.of(new TrainedLayer(this, decoder()));
    }

    /** The way back through the layer, as it is now. */
    LayerDecoder decoder() {
        List<ModelParameter> own = decoder.moved().all();
        float[] weight =
                tied ? encoder.read(encoder.all().get(0)) : decoder.moved().read(own.get(0));
        float[] bias = decoder.moved().read(own.get(own.size() - 1));
        return LayerDecoder.of(stage, weight, bias);
    }

    /** As {@link TrainingStep}: the norm of all gradients together. */
    private void clip(float most) {
        double squares = encoder.sumOfSquares() + decoder.moved().sumOfSquares();
        double factor = most / (Math.sqrt(squares) + 1e-6);
        if (factor < 1) {
            encoder.scaleGradients((float) factor);
            decoder.moved().scaleGradients((float) factor);
        }
    }

    @Override
    public void save(StateWriter state) {
        state.whole("updates", updates);
        encoder.save(state.within("layer"));
        decoder.save(state.within("decoder"));
    }

    @Override
    public void restore(StateReader state) throws InputException {
        updates = state.whole("updates");
        encoder.restore(state.within("layer"));
        decoder.restore(state.within("decoder"));
    }

    @Override
    public void close() {
        objective.close();
        decoder.close();
        encoder.close();
        kernels.close();
    }

    private static ModelParameter ofModel(CompiledModel model, String name) {
        return model.weights()
                .find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(model.spec().name() + " has no parameter `" + name + "`"));
    }
}
