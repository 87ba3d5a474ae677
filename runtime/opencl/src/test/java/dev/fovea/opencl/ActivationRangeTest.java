package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Elu;
import dev.fovea.ops.Op;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Activations that are worked out from exponentials, over all sizes that a float32 can have: to some units of the last place everywhere. */
@RequiresOpenCl
class ActivationRangeTest {
    /** OpenCL allows three for an exponential, of which they are made. */
    private static final double UNITS = 8;

    private static final double ROUNDING = 0x1p-24;
    private static final double SELU_SCALE = Selu.LAMBDA;
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final Map<Op, DoubleUnaryOperator> ACTIVATIONS = Map.of(
            new Tanh(), Math::tanh,
            new Elu(1), x -> x > 0 ? x : Math.expm1(x),
            new Selu(), x -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
            new ScaledTanh(), x -> 1.7159 * Math.tanh(2 * x / 3),
            new Softplus(), x -> x > 50 ? x : Math.log1p(Math.exp(x)));

    @TestFactory
    Stream<DynamicTest> areExactOfAnySize() {
        return ACTIVATIONS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().name(), () -> isExact(entry.getKey(), entry.getValue())));
    }

    private static void isExact(Op op, DoubleUnaryOperator exact) {
        float[] x = sizes();
        float[] y = forward(op, x);
        for (int i = 0; i < x.length; i++) {
            double expected = exact.applyAsDouble(x[i]);
            if (Math.abs(expected) > Float.MAX_VALUE) {
                assertThat(y[i]).as("of %s", x[i]).isEqualTo((float) expected);
            } else {
                // What is smaller than a normal number may become 0.
                double bound = UNITS * ROUNDING * Math.abs(expected) + Float.MIN_NORMAL;
                assertThat(Math.abs(y[i] - expected)).as("of %s", x[i]).isLessThanOrEqualTo(bound);
            }
        }
    }

    /** From the smallest normal number to infinity, 32 of each power of two, and of both signs. */
    private static float[] sizes() {
        List<Float> sizes = new ArrayList<>(List.of(0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
        for (int exponent = Float.MIN_EXPONENT; exponent <= Float.MAX_EXPONENT; exponent++) {
            for (int part = 0; part < 32; part++) {
                float size = Math.scalb(1 + part / 32f, exponent);
                sizes.add(size);
                sizes.add(-size);
            }
        }
        float[] values = new float[sizes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sizes.get(i);
        }
        return values;
    }

    private static float[] forward(Op op, float[] x) {
        Shape shape = Shape.of(x.length);
        float[] y = new float[x.length];
        try (Kernels kernels = TestDevice.open();
                Memory in = kernels.allocate("a test", x.length);
                Memory out = kernels.allocate("a test", x.length)) {
            in.write(0, x, 0, x.length);
            Operand input = new Operand(shape, new Region(in, 0, x.length), null);
            Operand output = new Operand(shape, new Region(out, 0, x.length), null);
            kernels.bind(new Binding(
                            op.name(),
                            op,
                            Optional.empty(),
                            List.of(input),
                            output,
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            1,
                            0))
                    .forward(new Run().set(1, false, 1, 0));
            out.read(0, y, 0, y.length);
        }
        return y;
    }
}
