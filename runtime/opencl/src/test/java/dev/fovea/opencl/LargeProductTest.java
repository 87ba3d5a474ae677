package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Products of several tiles along each axis and several slices, which the contract's small samples are not, against the
 * CPU's. The numbers are random, so sums of K terms grow like √K and their errors likewise.
 */
@RequiresOpenCl
class LargeProductTest {
    private static final long SEED = 11;

    private record Case(Op op, Shape input, int batch) {}

    private static final List<Case> CASES = List.of(
            new Case(conv(37, new Pair(3, 3), new Pair(2, 1), Padding.of(1, 2, 0, 1), 1), Shape.of(70, 19, 23), 3),
            new Case(conv(140, new Pair(1, 1), new Pair(1, 1), Padding.NONE, 1), Shape.of(131, 9, 7), 5),
            new Case(conv(12, new Pair(5, 3), new Pair(1, 2), Padding.all(2), 3), Shape.of(9, 40, 31), 6),
            new Case(conv(6, new Pair(5, 5), new Pair(1, 1), Padding.all(2), 1), Shape.of(1, 28, 28), 17),
            new Case(conv(48, new Pair(3, 3), new Pair(2, 2), Padding.all(1), 1), Shape.of(32, 17, 21), 3),
            new Case(conv(70, new Pair(3, 5), new Pair(2, 3), Padding.of(2, 0, 1, 3), 2), Shape.of(48, 14, 25), 4),
            new Case(conv(33, new Pair(1, 1), new Pair(2, 2), Padding.NONE, 1), Shape.of(136, 14, 14), 5),
            new Case(conv(128, new Pair(3, 3), new Pair(1, 1), Padding.all(1), 1), Shape.of(128, 12, 12), 3),
            new Case(new Dense(190, true, Initializer.DEFAULT), Shape.of(301), 70),
            new Case(new Dense(10, false, Initializer.DEFAULT), Shape.of(84), 33));

    private static Conv conv(int channels, Pair kernel, Pair stride, Padding padding, int groups) {
        return new Conv(
                channels,
                kernel,
                stride,
                padding,
                Pair.square(1),
                groups,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }

    @TestFactory
    Stream<DynamicTest> equalTheCpus() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case one : CASES) {
            tests.add(DynamicTest.dynamicTest(one + "", () -> compare(one, TestDevice.open())));
            tests.add(DynamicTest.dynamicTest(one + ", as for a GPU", () -> compare(one, TestDevice.openAsGpu())));
        }
        return tests.stream();
    }

    private static void compare(Case one, Kernels device) {
        List<float[]> expected;
        try (Kernels cpu = new CpuKernels(2, new ScalarSimd());
                BoundOp bound = new BoundOp(cpu, one.op, Optional.of(new Relu()), one.input, one.batch, SEED)) {
            expected = bound.step();
        }
        try (device;
                BoundOp bound = new BoundOp(device, one.op, Optional.of(new Relu()), one.input, one.batch, SEED)) {
            List<float[]> actual = bound.step();
            for (int i = 0; i < expected.size(); i++) {
                check("tensor " + i + " of seed " + SEED, actual.get(i), expected.get(i));
            }
        }
    }

    private static void check(String what, float[] actual, float[] expected) {
        double squares = 0;
        for (float value : expected) {
            squares += (double) value * value;
        }
        double typical = Math.sqrt(squares / expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("%s, element %d", what, i)
                    .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-4 * typical));
        }
    }
}
