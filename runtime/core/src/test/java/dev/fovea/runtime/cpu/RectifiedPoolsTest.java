package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Identity;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which max pools take gradients through the rectifier before them. */
class RectifiedPoolsTest {
    private static final int TENSOR = 4096;
    private static final int BATCH = 2;
    private static final Pair ONE = Pair.square(1);
    private static final Pair TWO = Pair.square(2);
    private static final MaxPool POOL = new MaxPool(TWO, TWO, Padding.NONE, ONE, false);
    private static final Conv CONV = new Conv(
            4, ONE, ONE, Padding.NONE, ONE, 1, true, PaddingMode.ZEROS, Initializer.DEFAULT, List.of(), Rounding.FLOOR);

    private final CpuKernels kernels = new CpuKernels(1, new ScalarSimd());
    private final Memory memory = kernels.allocate("test", 64 * TENSOR);
    private int taken;

    private final Operand image = tensor(Shape.of(3, 6, 6));
    private final Operand x = tensor(Shape.of(4, 6, 6));
    private final Operand y = tensor(Shape.of(4, 3, 3));

    @AfterEach
    void close() {
        memory.close();
        kernels.close();
    }

    @Test
    void theOnlyReaderDoes() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, x, y);
        assertThat(joined(conv, List.of(y))).isTrue();
    }

    @Test
    void notThroughAnotherFunction() {
        Kernel conv = bind(CONV, new LeakyRelu(0.1f), image, x);
        bind(POOL, null, x, y);
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    @Test
    void notWithASecondReader() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(new GlobalAvgPool(), null, x, tensor(Shape.of(4)));
        bind(POOL, null, new Operand(x.shape(), x.value(), adding(x)), y);
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    @Test
    void notWithASecondReaderWithoutGradient() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, x, y);
        bind(new GlobalAvgPool(), null, new Operand(x.shape(), x.value(), null), tensor(Shape.of(4)));
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    /** A view of a part, as a slice would be. */
    @Test
    void notWithAReaderOfAPart() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, x, y);
        Region part = new Region(memory, x.value().offset() + 36, x.value().stride());
        bind(new GlobalAvgPool(), null, new Operand(Shape.of(1, 6, 6), part, null), tensor(Shape.of(1)));
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    @Test
    void notOfAResult() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, x, y);
        assertThat(joined(conv, List.of(y, x))).isFalse();
    }

    @Test
    void notWithSomethingInPlaceBetween() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(new Identity(), null, x, x);
        bind(POOL, null, x, y);
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    @Test
    void notWhereNobodyAsksForTheGradient() {
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, new Operand(x.shape(), x.value(), null), y);
        assertThat(joined(conv, List.of(y))).isFalse();
    }

    /** A slice of what the pool reads is not it. */
    @Test
    void notOfAPart() {
        Operand whole = tensor(Shape.of(8, 6, 6));
        Operand part = new Operand(x.shape(), whole.value(), whole.gradient());
        Kernel conv = bind(CONV, new Relu(), image, part);
        bind(POOL, null, whole, tensor(Shape.of(8, 3, 3)));
        assertThat(joined(conv, List.of())).isFalse();
    }

    /** Memory that was another tensor's before does not matter. */
    @Test
    void whatLayThereBeforeIsGone() {
        bind(CONV, new Relu(), image, x);
        bind(new GlobalAvgPool(), null, x, tensor(Shape.of(4)));
        Kernel conv = bind(CONV, new Relu(), image, x);
        bind(POOL, null, x, y);
        assertThat(joined(conv, List.of(y))).isTrue();
    }

    private boolean joined(Kernel kernel, List<Operand> results) {
        kernels.trains(results);
        kernels.ready();
        List<Pass> passes = kernel.parts().stream().map(KernelPart::pass).toList();
        assertThat(passes).contains(Pass.FORWARD, Pass.WEIGHT_GRADIENT, Pass.BIAS_GRADIENT);
        return !passes.contains(Pass.ACTIVATION_GRADIENT);
    }

    private static Gradient adding(Operand tensor) {
        Gradient gradient = tensor.gradient();
        assertThat(gradient).isNotNull();
        return new Gradient(gradient.region(), true);
    }

    private Kernel bind(Op op, @Nullable Op activation, Operand input, Operand output) {
        List<ParameterOperand> parameters = new ArrayList<>();
        for (Parameter parameter : op.def().parameters(op, List.of(input.shape()), output.shape())) {
            parameters.add(new ParameterOperand(parameter, region(0), new Gradient(region(0), false)));
        }
        Saved saved = op.def().saved(op, List.of(input.shape()), output.shape());
        return kernels.bind(new Binding(
                op.name(),
                op,
                Optional.ofNullable(activation),
                List.of(input),
                output,
                parameters,
                saved.perSample() > 0 ? Optional.of(region(saved.perSample())) : Optional.empty(),
                Optional.empty(),
                BATCH,
                1));
    }

    private Operand tensor(Shape shape) {
        return new Operand(shape, region(shape.size()), new Gradient(region(shape.size()), false));
    }

    private Region region(long stride) {
        return new Region(memory, (long) TENSOR * taken++, stride);
    }
}
