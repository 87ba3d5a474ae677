package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kernel that is bound when others have long been ready, as those of a loss are: its memory is there before it runs. */
class BoundLaterTest {
    private static final Shape IMAGE = Shape.of(32, 12, 12);
    private static final int BATCH = 2;
    private static final Conv CONV = new Conv(
            32,
            Pair.square(3),
            Pair.square(1),
            Padding.all(1),
            Pair.square(1),
            1,
            false,
            PaddingMode.ZEROS,
            Initializer.DEFAULT,
            List.of(),
            Rounding.FLOOR);

    static List<Simd> simds() {
        return Simds.all();
    }

    @ParameterizedTest
    @MethodSource("simds")
    void givesTheSame(Simd simd) {
        List<float[]> before = sums(simd, false);
        List<float[]> later = sums(simd, true);
        for (int i = 0; i < before.size(); i++) {
            assertThat(later.get(i)).isEqualTo(before.get(i));
        }
    }

    /** Output and gradients of a convolution on a device of its own. */
    private static List<float[]> sums(Simd simd, boolean later) {
        try (CpuKernels kernels = new CpuKernels(2, simd)) {
            if (later) {
                kernels.ready();
            }
            List<Region> regions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                regions.add(region(kernels, IMAGE, i));
            }
            Operand x = new Operand(IMAGE, regions.get(0), new Gradient(regions.get(1), false));
            Operand y = new Operand(IMAGE, regions.get(2), new Gradient(regions.get(3), false));
            Parameter weight =
                    CONV.def().parameters(CONV, List.of(IMAGE), IMAGE).get(0);
            Region values = region(kernels, weight.shape(), 4);
            Region gradient = region(kernels, weight.shape(), 5);
            Kernel kernel = kernels.bind(new Binding(
                    "conv",
                    CONV,
                    Optional.empty(),
                    List.of(x),
                    y,
                    List.of(new ParameterOperand(weight, values, new Gradient(gradient, false))),
                    Optional.empty(),
                    Optional.empty(),
                    BATCH,
                    1));
            if (!later) {
                kernels.ready();
            }
            Run run = new Run().set(BATCH, true, 1, 1);
            kernel.forward(run);
            kernel.backward(run);
            return Stream.of(regions.get(2), regions.get(1), gradient)
                    .map(BoundLaterTest::read)
                    .toList();
        }
    }

    private static Region region(CpuKernels kernels, Shape shape, int stream) {
        float[] values = new float[(int) shape.size() * BATCH];
        RandomStream.named(1, "values" + stream).fillUniform(values, 0, values.length, 0, -1, 1);
        Memory memory = kernels.allocate("test", values.length);
        memory.write(0, values, 0, values.length);
        return new Region(memory, 0, shape.size());
    }

    private static float[] read(Region region) {
        float[] values = new float[(int) region.memory().length()];
        region.memory().read(0, values, 0, values.length);
        return values;
    }
}
