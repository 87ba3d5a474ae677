package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link ConvTranspose}: the three products of the mirrored convolution, from the output's shape to the input's, with their
 * roles exchanged. Forward is its gradient of the input, and the gradient of the input is its forward product.
 */
public final class ConvTransposeKernel implements Kernel {
    private final Region weight;
    private final @Nullable Region bias;
    private final @Nullable Gradient weightTarget;
    private final InputGradient forward;
    private final Optional<GatherProduct> inputGradient;
    private final Optional<WeightGradient> weightGradient;
    private final Optional<BiasGradient> biasGradient;

    /** The kernel of a bound {@link ConvTranspose}. */
    public ConvTransposeKernel(Binding binding, Cpu cpu) {
        this(
                binding,
                cpu,
                ((ConvTranspose) binding.op()).window(binding.input().shape()),
                ((ConvTranspose) binding.op()).groups());
    }

    /** The kernel of a dense layer that uses the transpose of another's weight: the same on an image of one position. */
    static ConvTransposeKernel ofVectors(Binding binding, Cpu cpu) {
        Window.Axis point = new Window.Axis(1, 1, 1, 1, 0, 0, 1);
        return new ConvTransposeKernel(binding, cpu, new Window(point, point), 1);
    }

    private ConvTransposeKernel(Binding binding, Cpu cpu, Window window, int groups) {
        boolean hasBias = binding.parameters().size() > 1;
        Shape input = binding.input().shape();
        Shape output = binding.output().shape();
        Region x = binding.input().value();
        int capacity = binding.capacity();
        ParameterOperand weights = binding.parameters().get(0);
        weight = weights.value();
        bias = hasBias ? binding.parameters().get(1).value() : null;
        forward = new InputGradient(
                cpu,
                window,
                PaddingMode.ZEROS,
                groups,
                output,
                new Gradient(binding.output().value(), false),
                input,
                x,
                cpu.activation(binding),
                capacity);
        Gather gather = new Gather(
                GatherAxis.forward(window.rows(), PaddingMode.ZEROS),
                GatherAxis.forward(window.columns(), PaddingMode.ZEROS));
        Gradient dy = binding.output().gradient();
        Gradient dx = binding.input().gradient();
        weightTarget = weights.gradient();
        Gradient biasTarget = hasBias ? binding.parameters().get(1).gradient() : null;
        inputGradient = dy == null || dx == null
                ? Optional.empty()
                : Optional.of(new GatherProduct(
                        cpu,
                        gather,
                        dy.region(),
                        output,
                        groups,
                        input.channels() / groups,
                        GatherTarget.whole(dx.region(), dx.accumulate(), input),
                        new Finish(Activation.NONE),
                        capacity,
                        WeightOrder.ROWS));
        weightGradient = dy == null || weightTarget == null
                ? Optional.empty()
                : Optional.of(new WeightGradient(cpu, gather, dy.region(), output, groups, x, input, capacity));
        biasGradient = dy == null || biasTarget == null
                ? Optional.empty()
                : Optional.of(new BiasGradient(cpu, dy.region(), output, biasTarget));
    }

    @Override
    public void forward(Run run) {
        float[] weights = CpuMemory.values(weight);
        int at = (int) weight.offset();
        if (bias == null) {
            forward.run(run.batch(), weights, at, null, 0);
        } else {
            forward.run(run.batch(), weights, at, CpuMemory.values(bias), (int) bias.offset());
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
            inputGradient.get().run(run.batch(), CpuMemory.values(weight), (int) weight.offset(), null, 0);
        }
    }

    private void weightGradient(Run run) {
        if (weightGradient.isPresent() && weightTarget != null) {
            weightGradient.get().run(run.batch(), weightTarget);
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
                        Optional.of(new KernelPart(Pass.FORWARD, forward.algorithm(), this::forward)),
                        inputGradient.map(gradient ->
                                new KernelPart(Pass.INPUT_GRADIENT, gradient.algorithm(), this::inputGradient)),
                        weightGradient.map(gradient ->
                                new KernelPart(Pass.WEIGHT_GRADIENT, gradient.algorithm(), this::weightGradient)),
                        biasGradient.map(gradient -> new KernelPart(Pass.BIAS_GRADIENT, "", this::biasGradient)))
                .flatMap(Optional::stream)
                .toList();
    }
}
