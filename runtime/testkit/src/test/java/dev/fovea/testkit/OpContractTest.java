package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract must find each kind of fault, and nothing in a device without. */
class OpContractTest {
    private static Supplier<Kernels> device(FaultyKernels.Fault afterForward, FaultyKernels.Fault afterBackward) {
        return device(UnaryOperator.identity(), afterForward, afterBackward);
    }

    private static Supplier<Kernels> device(
            UnaryOperator<Binding> beforeBinding, FaultyKernels.Fault afterForward, FaultyKernels.Fault afterBackward) {
        return () -> new FaultyKernels(new CpuKernels(1, new ScalarSimd()), beforeBinding, afterForward, afterBackward);
    }

    private static OpChecks checks(Op op, Supplier<Kernels> device) {
        return new OpChecks(op.def().samples().get(0), device);
    }

    private static Region gradient(Operand operand) {
        return Objects.requireNonNull(operand.gradient()).region();
    }

    private static void change(Region region, long by, UnaryOperator<Float> change) {
        float[] one = new float[1];
        region.memory().read(region.offset() + by, one, 0, 1);
        one[0] = change.apply(one[0]);
        region.memory().write(region.offset() + by, one, 0, 1);
    }

    @Test
    void acceptsADeviceWithoutFaults() {
        for (Op op : List.of(new Relu(), new GlobalAvgPool())) {
            OpChecks checks = checks(op, device(FaultyKernels.Fault.NONE, FaultyKernels.Fault.NONE));
            checks.inference();
            checks.notANumber();
            checks.training(Wiring.TRAINING);
            checks.training(Wiring.STRIDED);
            checks.training(Wiring.ACCUMULATING);
        }
    }

    @Test
    void findsAnOutputThatIsSlightlyOff() {
        Supplier<Kernels> device = device(
                (binding, run) -> change(binding.output().value(), 4, y -> y * 1.0001f + 1e-5f),
                FaultyKernels.Fault.NONE);
        assertThatThrownBy(checks(new GlobalAvgPool(), device)::inference)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 of 10 elements are wrong; worst at 4");
    }

    @Test
    void findsAGradientThatIsSlightlyOff() {
        Supplier<Kernels> device = device(
                FaultyKernels.Fault.NONE,
                (binding, run) -> change(gradient(binding.input()), 3, g -> g * 1.0001f + 1e-5f));
        assertThatThrownBy(() -> checks(new GlobalAvgPool(), device).training(Wiring.TRAINING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gradient of input 0: 1 of");
    }

    @Test
    void findsWritingBeyondTheBatch() {
        Supplier<Kernels> device = device(
                (binding, run) -> change(
                        binding.output().value(),
                        run.batch() * binding.output().value().stride(),
                        y -> 0f),
                FaultyKernels.Fault.NONE);
        assertThatThrownBy(checks(new Relu(), device)::inference)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("outside its tensors");
    }

    @Test
    void findsOverwritingWhereItShouldAdd() {
        UnaryOperator<Binding> overwriting = binding -> {
            Operand input = binding.input();
            Gradient gradient = input.gradient() == null ? null : new Gradient(gradient(input), false);
            return new Binding(
                    binding.name(),
                    binding.op(),
                    binding.activation(),
                    List.of(new Operand(input.shape(), input.value(), gradient)),
                    binding.output(),
                    binding.parameters(),
                    binding.saved(),
                    binding.savedPerBatch(),
                    binding.capacity(),
                    binding.stream());
        };
        OpChecks checks = checks(new Relu(), device(overwriting, FaultyKernels.Fault.NONE, FaultyKernels.Fault.NONE));
        checks.training(Wiring.TRAINING);
        assertThatThrownBy(() -> checks.training(Wiring.ACCUMULATING)).isInstanceOf(AssertionError.class);
    }

    @Test
    void findsReadingWhatWasNotDeclared() {
        FaultyKernels.Fault readsTheInput = (binding, run) -> {
            float[] x = new float[1];
            Region value = binding.input().value();
            value.memory().read(value.offset(), x, 0, 1);
            change(gradient(binding.input()), 0, g -> g + 0 * x[0]);
        };
        OpChecks checks = checks(new Relu(), device(FaultyKernels.Fault.NONE, readsTheInput));
        assertThatThrownBy(() -> checks.training(Wiring.TRAINING)).isInstanceOf(AssertionError.class);
    }

    @Test
    void findsBitsThatChangeFromStepToStep() {
        int[] calls = {0};
        FaultyKernels.Fault lastBit =
                (binding, run) -> change(binding.output().value(), 0, y -> calls[0]++ % 2 == 0 ? y : Math.nextUp(y));
        OpChecks checks = checks(new GlobalAvgPool(), device(lastBit, FaultyKernels.Fault.NONE));
        assertThatThrownBy(() -> checks.training(Wiring.TRAINING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the same step again");
    }

    @Test
    void findsANanThatIsSwallowed() {
        Supplier<Kernels> device = device(
                (binding, run) -> change(binding.output().value(), 0, y -> Float.isNaN(y) ? 0 : y),
                FaultyKernels.Fault.NONE);
        assertThatThrownBy(checks(new Relu(), device)::notANumber).isInstanceOf(AssertionError.class);
    }
}
