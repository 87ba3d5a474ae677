package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Add;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Depthwise;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.RectifiedGradient;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Conv}: strided, dilated, grouped, padded in any way. */
public final class ConvKernel implements Blockable {
    private final Region weight;
    private final @Nullable Region bias;
    private final @Nullable Gradient weightTarget;
    private final Conv op;
    private final Finish finish;
    private final ConvWays ways;
    private @Nullable Product forward;
    private boolean inputInBlocks;
    private boolean outputInBlocks;
    private final Optional<InputGradient> inputGradient;
    private final Optional<WeightSums> weightGradient;
    private final Optional<BiasGradient> biasGradient;
    private final Optional<Connections> connections;
    private final Optional<InferenceWeight> kept;
    private final Region output;
    private final Cpu cpu;

    /** The kernel of a bound {@link Conv}. */
    public ConvKernel(Binding binding, Cpu cpu) {
        this(binding, cpu, (Conv) binding.op());
    }

    private ConvKernel(Binding binding, Cpu cpu, Conv op) {
        this.op = op;
        this.cpu = cpu;
        Shape inputShape = binding.input().shape();
        Shape outputShape = binding.output().shape();
        int capacity = binding.capacity();
        Window window = op.window(inputShape);
        Gather gather = new Gather(
                GatherAxis.forward(window.rows(), op.paddingMode()),
                GatherAxis.forward(window.columns(), op.paddingMode()));
        ParameterOperand weights = binding.parameters().get(0);
        weight = weights.value();
        bias = op.bias() ? binding.parameters().get(1).value() : null;
        connections = op.connections().isEmpty()
                ? Optional.empty()
                : Optional.of(new Connections(cpu, op, weights.parameter().shape()));
        finish = new Finish(cpu.activation(binding));
        ways = new ConvWays(binding, cpu, op, window, gather, finish);
        output = binding.output().value();
        boolean infers = weights.gradient() == null && connections.isEmpty();
        int rowLength = Math.toIntExact(weights.parameter().shape().size() / op.channels());
        kept = infers
                ? Optional.of(new InferenceWeight(cpu, this::product, weight, bias, op.channels(), rowLength))
                : Optional.empty();
        if (!infers) {
            product();
        }
        Gradient dy = binding.output().gradient();
        Gradient dx = binding.input().gradient();
        weightTarget = weights.gradient();
        Gradient biasTarget = op.bias() ? binding.parameters().get(1).gradient() : null;
        inputGradient = dy == null || dx == null
                ? Optional.empty()
                : Optional.of(new InputGradient(
                        cpu,
                        window,
                        op.paddingMode(),
                        op.groups(),
                        inputShape,
                        dx,
                        outputShape,
                        dy.region(),
                        Activation.NONE,
                        capacity));
        weightGradient = dy == null || weightTarget == null
                ? Optional.empty()
                : Optional.of(weightSums(cpu, op, window, gather, binding, dy.region(), weightTarget));
        biasGradient = dy == null || biasTarget == null
                ? Optional.empty()
                : Optional.of(new BiasGradient(cpu, dy.region(), outputShape, biasTarget));
    }

    /** Whether backward asks for the sum of each plane of the output's gradient. */
    public boolean sumsPlanes() {
        return biasGradient.isPresent();
    }

    /** From now on these sums may be given, with the gradient. */
    public void take(RectifiedGradient gradient) {
        biasGradient.orElseThrow().take(gradient);
    }

    /** The forward product; of a kernel that infers it is chosen when all are bound. */
    private Product product() {
        Product chosen = forward;
        if (chosen == null) {
            chosen = inputInBlocks || outputInBlocks
                    ? ways.inBlocks(inputInBlocks, outputInBlocks)
                    : ways.inPlanes(kept.isPresent());
            forward = chosen;
        }
        return chosen;
    }

    @Override
    public boolean canBlock() {
        return kept.isPresent() && op.groups() == 1 && ways.fitInBlocks();
    }

    @Override
    public boolean reorders() {
        return true;
    }

    @Override
    public double gain(boolean inputBlocks, boolean outputBlocks) {
        return ways.gainInBlocks(inputBlocks, outputBlocks);
    }

    @Override
    public List<Region> besides() {
        Region residual = finish.residual();
        return residual == null ? List.of() : List.of(residual);
    }

    @Override
    public void lay(boolean inputBlocks, boolean outputBlocks) {
        inputInBlocks = inputBlocks;
        outputInBlocks = outputBlocks;
    }

    /** The kernel of a bound {@link Depthwise}. */
    public static ConvKernel depthwise(Binding binding, Cpu cpu) {
        Depthwise op = (Depthwise) binding.op();
        return new ConvKernel(
                binding, cpu, op.convolution(binding.input().shape().channels()));
    }

    private static WeightSums weightSums(
            Cpu cpu, Conv op, Window window, Gather gather, Binding binding, Region dy, Gradient target) {
        Region input = binding.input().value();
        Shape inputShape = binding.input().shape();
        Shape outputShape = binding.output().shape();
        int capacity = binding.capacity();
        if (PlaneWindows.fit(
                cpu.convolutions(),
                SimdPlanes.MOST_CHANNELS,
                op.groups(),
                inputShape.channels(),
                outputShape.channels())) {
            return new PlaneWeightGradient(cpu, gather, input, inputShape, op.groups(), dy, outputShape, target);
        }
        if (Winograd.weightGradient(cpu.convolutions(), window, op.groups(), inputShape, outputShape, capacity)) {
            PatchGrid patches = ConvWays.patches(op, window, inputShape, outputShape);
            return new WinogradWeightGradient(cpu, patches, input, inputShape, dy, outputShape, capacity);
        }
        Optional<WeightSums> few =
                FewChannels.weightGradient(cpu, gather, op.groups(), input, inputShape, dy, outputShape, capacity);
        if (few.isPresent()) {
            return few.get();
        }
        return new WeightGradient(cpu, gather, input, inputShape, op.groups(), dy, outputShape, capacity);
    }

    /** A batch normalisation is folded into the weight, and a tensor added to what is stored. */
    @Override
    public boolean absorb(Binding next) {
        boolean possible = kept.isPresent() && next.output().value().equals(output) && finish.isNothing();
        if (!possible) {
            return false;
        }
        if (next.op() instanceof BatchNorm && kept.get().fold(next)) {
            finish.activate(cpu.activation(next));
            return true;
        }
        if (next.op() instanceof Add && next.inputs().size() == 2) {
            boolean first = next.inputs().get(0).value().equals(output);
            finish.add(next.inputs().get(first ? 1 : 0).value());
            finish.activate(cpu.activation(next));
            return true;
        }
        return false;
    }

    @Override
    public void forward(Run run) {
        if (kept.isPresent()) {
            kept.get().run(run.batch());
            return;
        }
        float[] weights = CpuMemory.values(weight);
        int at = (int) weight.offset();
        if (connections.isPresent()) {
            weights = connections.get().seen(weights, at);
            at = 0;
        }
        if (bias == null) {
            product().run(run.batch(), weights, at, null, 0);
        } else {
            product().run(run.batch(), weights, at, CpuMemory.values(bias), (int) bias.offset());
        }
    }

    @Override
    public void backward(Run run) {
        inputGradient(run);
        weightGradient(run);
        biasGradient(run);
    }

    private void inputGradient(Run run) {
        if (inputGradient.isPresent()) {
            float[] weights = CpuMemory.values(weight);
            int at = (int) weight.offset();
            if (connections.isPresent()) {
                weights = connections.get().seen(weights, at);
                at = 0;
            }
            inputGradient.get().run(run.batch(), weights, at, null, 0);
        }
    }

    private void weightGradient(Run run) {
        if (weightGradient.isPresent() && weightTarget != null) {
            if (connections.isPresent()) {
                connections.get().noteUnseen(weightTarget);
            }
            weightGradient.get().run(run.batch(), weightTarget);
            if (connections.isPresent()) {
                connections.get().restoreUnseen(weightTarget);
            }
        }
    }

    private void biasGradient(Run run) {
        if (biasGradient.isPresent()) {
            biasGradient.get().run(run.batch());
        }
    }

    @Override
    public List<KernelPart> parts() {
        return Stream.of(
                        Optional.of(new KernelPart(Pass.FORWARD, product().algorithm(), this::forward)),
                        inputGradient.map(gradient ->
                                new KernelPart(Pass.INPUT_GRADIENT, gradient.algorithm(), this::inputGradient)),
                        weightGradient.map(gradient ->
                                new KernelPart(Pass.WEIGHT_GRADIENT, gradient.algorithm(), this::weightGradient)),
                        biasGradient.map(gradient ->
                                new KernelPart(Pass.BIAS_GRADIENT, gradient.algorithm(), this::biasGradient)))
                .flatMap(Optional::stream)
                .toList();
    }
}
