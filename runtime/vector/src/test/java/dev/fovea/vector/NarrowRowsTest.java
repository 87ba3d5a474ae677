package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Add;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions whose rows are shorter than a register, from half of one on: row by row they give the bits of the products of matrices, but for the
 * sign of a zero, and write nothing beside their outputs. Plain loops, whose registers have one lane, know no such rows.
 */
class NarrowRowsTest {
    private static final int BATCH = 3;
    private static final int GAP = 37;
    /** Few, an odd number, and so many that there are several bands in which the last unit repeats a row. */
    private static final int[] HEIGHTS = {4, 7, 141, 150};

    private static final int[] CHANNELS = {1, 2, 3, 5, 6};

    static List<Simd> implementations() {
        return Simds.all();
    }

    private interface Check {
        void of(Conv op, Shape input);
    }

    /** The output is narrow, and so is the input. */
    @ParameterizedTest
    @MethodSource("implementations")
    void aPaddedImage(Simd simd) {
        shapes(simd, 2, (op, input) -> {
            equals(simd, op, input, Pass.FORWARD);
            equals(simd, op, input, Pass.INPUT_GRADIENT);
        });
    }

    /** The gradient of a narrow input, beyond which zeros are read, as in LeNet-5; an output is narrow where its input may not be. */
    @ParameterizedTest
    @MethodSource("implementations")
    void anImageWithoutPadding(Simd simd) {
        shapes(simd, 0, (op, input) -> {
            if (input.width() > 2) {
                equals(simd, op, input, Pass.INPUT_GRADIENT);
            }
            equals(simd, op, Shape.of(input.channels(), input.height(), input.width() + 2), Pass.FORWARD);
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void asTheLoops(Simd simd) {
        shapes(simd, 2, (op, input) -> {
            if (input.height() < 10) {
                ConvCase one = new ConvCase(op, input, 2, false, 9);
                float[][] results = one.run(simd, 1, op + " of " + input);
                assertThat(one.run(simd, 3, "on three threads")).isDeepEqualTo(results);
            }
        });
    }

    /** At inference, with a bias, an activation and a tensor that is added; of one sample on several threads channels may be shared out. */
    @ParameterizedTest
    @MethodSource("implementations")
    void whatFollowsTheSums(Simd simd) {
        shapes(simd, 2, (op, input) -> {
            for (boolean adds : new boolean[] {false, true}) {
                equalsPanelsAtInference(simd, op, input, BATCH, adds);
                equalsPanelsAtInference(simd, op, input, 1, adds);
            }
        });
    }

    /** The output and all that lies beside it, on one thread and on three. */
    static void equalsPanelsAtInference(Simd simd, Conv op, Shape input, int batch, boolean adds) {
        float[] gathered = infer(simd, 1, ConvolutionWay.GATHERED, op, input, batch, adds);
        for (int threads : new int[] {1, 3}) {
            float[] others = infer(simd, threads, ConvolutionWay.BY_SHAPE, op, input, batch, adds);
            assertThat(others)
                    .as("%s of %s, batch %d, adds: %s", op, input, batch, adds)
                    .isEqualTo(gathered);
        }
    }

    private static void shapes(Simd simd, int padding, Check check) {
        int lanes = simd.lanes();
        Random random = new Random(lanes);
        for (int width = (lanes + 1) / 2; width < lanes; width++) {
            for (int height : HEIGHTS) {
                int inputs = CHANNELS[random.nextInt(CHANNELS.length)];
                int outputs = CHANNELS[random.nextInt(CHANNELS.length)];
                Conv op = new Conv(
                        outputs,
                        new Pair(padding == 0 ? 2 : 5, padding == 0 ? 3 : 5),
                        Pair.square(1),
                        Padding.all(padding),
                        Pair.square(1),
                        1,
                        random.nextBoolean(),
                        PaddingMode.ZEROS,
                        Initializer.DEFAULT,
                        List.of(),
                        Rounding.FLOOR);
                check.of(op, Shape.of(inputs, height, width));
            }
        }
    }

    private static void equals(Simd simd, Conv op, Shape input, Pass pass) {
        float[] gathered = pass(simd, 1, ConvolutionWay.GATHERED, op, input, pass);
        for (int threads : new int[] {1, 3}) {
            float[] rows = pass(simd, threads, ConvolutionWay.BY_SHAPE, op, input, pass);
            assertThat(rows).as("%s of %s, %s", op, input, pass).isEqualTo(gathered);
        }
    }

    /** All the memory that a pass may write to. */
    private static float[] pass(Simd simd, int threads, ConvolutionWay way, Conv op, Shape input, Pass pass) {
        try (CpuKernels kernels = new CpuKernels(threads, simd, way)) {
            Bound bound = new Bound(kernels, op, input, BATCH, true);
            Kernel kernel = kernels.bind(bound.binding(op, Optional.empty()));
            String algorithm = kernel.parts().stream()
                    .filter(part -> part.pass() == pass)
                    .findFirst()
                    .orElseThrow()
                    .algorithm();
            assertThat(algorithm).isEqualTo(way == ConvolutionWay.GATHERED ? "gathered" : "rows");
            Run run = new Run().set(BATCH, true, 1, 0);
            kernel.forward(run);
            kernel.backward(run);
            return all(pass == Pass.FORWARD ? bound.y : bound.dx);
        }
    }

    private static float[] infer(
            Simd simd, int threads, ConvolutionWay way, Conv op, Shape input, int batch, boolean adds) {
        try (CpuKernels kernels = new CpuKernels(threads, simd, way)) {
            Bound bound = new Bound(kernels, op, input, batch, false);
            Kernel kernel = kernels.bind(bound.binding(op, adds ? Optional.empty() : Optional.of(new Relu())));
            if (adds) {
                Operand other = new Operand(bound.output, bound.dy, null);
                Operand sums = new Operand(bound.output, bound.y, null);
                assertThat(kernel.absorb(new Binding(
                                "add",
                                new Add(),
                                Optional.of(new Relu()),
                                List.of(sums, other),
                                sums,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                batch,
                                0)))
                        .isTrue();
            }
            kernels.ready();
            kernel.forward(new Run().set(batch, false, 1, 0));
            return all(bound.y);
        }
    }

    private static float[] all(Region region) {
        float[] values = new float[(int) region.memory().length()];
        region.memory().read(0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f; // zeros without a sign
        }
        return values;
    }

    /** The same numbers for each way, with some between the samples that are nobody's. */
    private static final class Bound {
        final Shape input;
        final Shape output;
        final Region x;
        final Region y;
        final Region dx;
        final Region dy;
        private final int batch;
        private final boolean trains;
        private final List<ParameterOperand> parameters = new ArrayList<>();

        Bound(CpuKernels kernels, Conv op, Shape input, int batch, boolean trains) {
            this.input = input;
            this.batch = batch;
            this.trains = trains;
            Window window = op.window(input);
            output = Shape.of(
                    op.channels(), window.rows().output(), window.columns().output());
            Random random = new Random(5);
            x = random(kernels, input.size(), batch, random);
            y = random(kernels, output.size(), batch, random);
            dx = random(kernels, input.size(), batch, random);
            dy = random(kernels, output.size(), batch, random);
            for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
                long size = parameter.shape().size();
                Region value = random(kernels, size, 1, random);
                parameters.add(new ParameterOperand(parameter, value, gradient(random(kernels, size, 1, random))));
            }
        }

        Binding binding(Conv op, Optional<Relu> activation) {
            return new Binding(
                    "narrow",
                    op,
                    activation.map(one -> one),
                    List.of(new Operand(input, x, gradient(dx))),
                    new Operand(output, y, gradient(dy)),
                    parameters,
                    Optional.empty(),
                    Optional.empty(),
                    batch,
                    0);
        }

        private @Nullable Gradient gradient(Region region) {
            return trains ? new Gradient(region, false) : null;
        }

        private static Region random(CpuKernels kernels, long size, int samples, Random random) {
            Memory memory = kernels.allocate("test", (size + GAP) * samples);
            memory.write(0, Ranges.random(random, (int) memory.length()), 0, (int) memory.length());
            return new Region(memory, GAP / 2, size + GAP);
        }
    }
}
