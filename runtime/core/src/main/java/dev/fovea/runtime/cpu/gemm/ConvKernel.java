package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Add;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Depthwise;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.RectifiedGradient;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
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
    private final ConvGradientWays gradientWays;
    private @Nullable Product forward;
    private @Nullable ConvGradients gradients;
    private boolean inputInBlocks;
    private boolean outputInBlocks;
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
        gradientWays = new ConvGradientWays(binding, cpu, op, window, gather);
        boolean keeps = weights.gradient() == null && connections.isEmpty();
        int rowLength = Math.toIntExact(weights.parameter().shape().size() / op.channels());
        kept = keeps
                ? Optional.of(new InferenceWeight(cpu, this::product, weight, bias, op.channels(), rowLength))
                : Optional.empty();
        Gradient dy = binding.output().gradient();
        weightTarget = weights.gradient();
        Gradient biasTarget = op.bias() ? binding.parameters().get(1).gradient() : null;
        biasGradient = dy == null || biasTarget == null
                ? Optional.empty()
                : Optional.of(new BiasGradient(cpu, dy.region(), outputShape, biasTarget));
        cpu.whenReady(this::choose);
    }

    /** How the tensors lie is known: all that runs is chosen, and what it needs reserved. */
    private void choose() {
        product();
        gradients();
    }

    /** Whether backward asks for the sum of each plane of the output's gradient. */
    public boolean sumsPlanes() {
        return biasGradient.isPresent();
    }

    /** From now on these sums may be given, with the gradient. */
    public void take(RectifiedGradient gradient) {
        biasGradient.orElseThrow().take(gradient);
    }

    /** The forward product, chosen when all kernels are bound. */
    private Product product() {
        Product chosen = forward;
        if (chosen == null) {
            chosen = inputInBlocks || outputInBlocks
                    ? ways.inBlocks(kept.isPresent(), inputInBlocks, outputInBlocks)
                    : ways.inPlanes(kept.isPresent());
            if (kept.isEmpty()) {
                cpu.common(chosen.formFloats());
            }
            forward = chosen;
        }
        return chosen;
    }

    /** What backward computes, chosen at the same time. */
    private ConvGradients gradients() {
        ConvGradients chosen = gradients;
        if (chosen == null) {
            chosen = new ConvGradients(
                    gradientWays.input(inputInBlocks, outputInBlocks),
                    gradientWays.weight(inputInBlocks, outputInBlocks));
            gradients = chosen;
        }
        return chosen;
    }

    @Override
    public boolean canBlock() {
        return op.groups() == 1
                && connections.isEmpty()
                && ways.fitInBlocks(kept.isPresent())
                && gradientWays.fitInBlocks();
    }

    @Override
    public boolean reorders() {
        return true;
    }

    @Override
    public double gain(boolean inputBlocks, boolean outputBlocks) {
        return ways.gainInBlocks(kept.isPresent(), inputBlocks, outputBlocks)
                + gradientWays.gainInBlocks(inputBlocks, outputBlocks);
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
        if (outputBlocks) {
            biasGradient.ifPresent(BiasGradient::layInBlocks);
        }
    }

    /** The kernel of a bound {@link Depthwise}. */
    public static ConvKernel depthwise(Binding binding, Cpu cpu) {
        Depthwise op = (Depthwise) binding.op();
        return new ConvKernel(
                binding, cpu, op.convolution(binding.input().shape().channels()));
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
        Scratch form = cpu.common(0);
        if (bias == null) {
            product().runUnformed(run.batch(), weights, at, null, 0, form);
        } else {
            product().runUnformed(run.batch(), weights, at, CpuMemory.values(bias), (int) bias.offset(), form);
        }
    }

    @Override
    public void backward(Run run) {
        inputGradient(run);
        weightGradient(run);
        biasGradient(run);
    }

    private void inputGradient(Run run) {
        Optional<InputSums> inputGradient = gradients().input();
        if (inputGradient.isPresent()) {
            float[] weights = CpuMemory.values(weight);
            int at = (int) weight.offset();
            if (connections.isPresent()) {
                weights = connections.get().seen(weights, at);
                at = 0;
            }
            inputGradient.get().run(run.batch(), weights, at);
        }
    }

    private void weightGradient(Run run) {
        Optional<WeightSums> weightGradient = gradients().weight();
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
                        gradients()
                                .input()
                                .map(gradient ->
                                        new KernelPart(Pass.INPUT_GRADIENT, gradient.algorithm(), this::inputGradient)),
                        gradients()
                                .weight()
                                .map(gradient -> new KernelPart(
                                        Pass.WEIGHT_GRADIENT, gradient.algorithm(), this::weightGradient)),
                        biasGradient.map(gradient ->
                                new KernelPart(Pass.BIAS_GRADIENT, gradient.algorithm(), this::biasGradient)))
                .flatMap(Optional::stream)
                .toList();
    }
}
