package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Dense;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Dense}: three matrix products. The weight {@code [units, inputs]} is read as it lies. */
public final class DenseKernel implements Kernel {
    private final Optional<DenseColumns> forwardColumns;
    private final Optional<DenseAlone> forwardAlone;
    private final Optional<DenseRows> forwardRows;
    private final Optional<DenseInputGradient> inputGradient;
    private final Optional<DenseWeightGradient> weightGradient;
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
        boolean many = capacity > DenseRows.most(cpu.simd().matrix());
        forwardColumns = many
                ? Optional.of(new DenseColumns(cpu, shape, x, weight, bias, y, cpu.activation(binding)))
                : Optional.empty();
        // Plain loops keep many sums of long rows by another way.
        boolean alone = capacity == 1 && cpu.simd().matrix().lanes() > 1;
        forwardAlone = alone
                ? Optional.of(new DenseAlone(cpu, shape, x, weight, bias, y, cpu.activation(binding)))
                : Optional.empty();
        forwardRows = many || alone
                ? Optional.empty()
                : Optional.of(new DenseRows(cpu, shape, x, weight, bias, y, cpu.activation(binding)));
        Gradient dy = binding.output().gradient();
        Gradient dx = binding.input().gradient();
        Gradient dw = binding.parameters().get(0).gradient();
        Gradient db = hasBias ? binding.parameters().get(1).gradient() : null;
        inputGradient = dy == null || dx == null
                ? Optional.empty()
                : Optional.of(new DenseInputGradient(cpu, shape, dy.region(), weight, dx));
        weightGradient = dy == null || dw == null
                ? Optional.empty()
                : Optional.of(new DenseWeightGradient(cpu, shape, dy.region(), x, dw));
        biasGradient = dy == null || db == null
                ? Optional.empty()
                : Optional.of(new BiasGradient(cpu, dy.region(), output, db));
    }

    @Override
    public void forward(Run run) {
        if (forwardColumns.isPresent()) {
            forwardColumns.get().run(run.batch());
        }
        if (forwardAlone.isPresent()) {
            forwardAlone.get().run();
        }
        if (forwardRows.isPresent()) {
            forwardRows.get().run(run.batch());
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
                        Optional.of(new KernelPart(Pass.FORWARD, algorithm(), this::forward)),
                        inputGradient.map(gradient -> new KernelPart(Pass.INPUT_GRADIENT, "", this::inputGradient)),
                        weightGradient.map(gradient -> new KernelPart(Pass.WEIGHT_GRADIENT, "", this::weightGradient)),
                        biasGradient.map(gradient -> new KernelPart(Pass.BIAS_GRADIENT, "", this::biasGradient)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Forward: samples side by side in columns, rows of the weight by few samples as they lie, or the weight by a vector. */
    private String algorithm() {
        return forwardColumns.isPresent() ? "columns" : forwardAlone.isPresent() ? "vector" : "rows";
    }
}
