package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Dense;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.MatrixSimd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Dense}: three matrix products. The weight {@code [units, inputs]} is read as it lies. */
public final class DenseKernel implements Kernel {
    /** Of a register so many parts, of which a batch worth turning around fills more than one: of fewer samples rows as they lie are as quick, and all lanes count. */
    private static final int PARTS_OF_REGISTER = 4;

    private final DensePass forward;
    private final Optional<DensePass> inputGradient;
    private final Optional<DensePass> weightGradient;
    private final Optional<BiasGradient> biasGradient;

    /** The kernel of a bound {@link Dense}. */
    public static Kernel of(Binding binding, Cpu cpu) {
        return ((Dense) binding.op()).tiedTo().isTied()
                ? ConvTransposeKernel.ofVectors(binding, cpu)
                : new DenseKernel(binding, cpu);
    }

    private DenseKernel(Binding binding, Cpu cpu) {
        Shape output = binding.output().shape();
        int inputs = binding.input().shape().channels();
        int units = output.channels();
        int capacity = binding.capacity();
        boolean hasBias = binding.parameters().size() > 1;
        Region weight = binding.parameters().get(0).value();
        @Nullable Region bias = hasBias ? binding.parameters().get(1).value() : null;
        DenseShape shape = new DenseShape(inputs, units, capacity);
        Region x = binding.input().value();
        Region y = binding.output().value();
        forward = forward(cpu, shape, x, weight, bias, y, cpu.activation(binding));
        Gradient dy = binding.output().gradient();
        Gradient dx = binding.input().gradient();
        Gradient dw = binding.parameters().get(0).gradient();
        Gradient db = hasBias ? binding.parameters().get(1).gradient() : null;
        boolean streams = DenseStream.fits(cpu.simd(), shape);
        inputGradient = dy == null || dx == null
                ? Optional.empty()
                : Optional.of(
                        streams
                                ? new DenseStreamInputGradient(cpu, shape, dy.region(), weight, dx)
                                : new DenseInputGradient(cpu, shape, dy.region(), weight, dx));
        weightGradient = dy == null || dw == null
                ? Optional.empty()
                : Optional.of(
                        streams
                                ? new DenseStreamWeightGradient(cpu, shape, dy.region(), x, dw)
                                : new DenseWeightGradient(cpu, shape, dy.region(), x, dw));
        biasGradient = dy == null || db == null
                ? Optional.empty()
                : Optional.of(new BiasGradient(cpu, dy.region(), output, db));
    }

    private static DensePass forward(
            Cpu cpu,
            DenseShape shape,
            Region x,
            Region weight,
            @Nullable Region bias,
            Region y,
            Activation activation) {
        MatrixSimd simd = cpu.simd().matrix();
        if (shape.capacity() > DenseRows.most(simd)) {
            return new DenseColumns(cpu, shape, x, weight, bias, y, activation);
        }
        if (PARTS_OF_REGISTER * shape.capacity() > simd.lanes() && DenseStream.fits(cpu.simd(), shape)) {
            return new DenseStream(cpu, shape, x, weight, bias, y, activation);
        }
        // Plain loops keep many sums of long rows by another way.
        return shape.capacity() == 1 && simd.lanes() > 1
                ? new DenseAlone(cpu, shape, x, weight, bias, y, activation)
                : new DenseRows(cpu, shape, x, weight, bias, y, activation);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        inputGradient(run);
        weightGradient(run);
        biasGradient(run);
    }

    private void inputGradient(Run run) {
        if (inputGradient.isPresent()) {
            inputGradient.get().run(run.batch());
        }
    }

    private void weightGradient(Run run) {
        if (weightGradient.isPresent()) {
            weightGradient.get().run(run.batch());
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
