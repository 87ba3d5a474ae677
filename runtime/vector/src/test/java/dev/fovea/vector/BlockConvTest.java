package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Convolution of tensors in channel blocks against the same in planes. */
class BlockConvTest {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int CASES = 300;
    private static final int MOST_EXTENT = 20;
    private static final double UNIT = Math.ulp(1f) / 2;

    private final Random random = new Random(7);
    private Simd simd;
    private boolean watched;

    @BeforeEach
    void chooseRegistersAsLongAsABlock() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    @Test
    void equalsPlanesWhateverTheShape() {
        int found = 0;
        while (found < CASES) {
            int channels = SIZE * (1 + random.nextInt(4)) - (random.nextInt(4) == 0 ? random.nextInt(SIZE) : 0);
            int outputs = SIZE * (1 + random.nextInt(5)) - (random.nextInt(4) == 0 ? random.nextInt(SIZE) : 0);
            Shape input = Shape.of(channels, 1 + random.nextInt(MOST_EXTENT), 1 + random.nextInt(MOST_EXTENT));
            Pair kernel =
                    random.nextBoolean() ? new Pair(1, 1) : new Pair(1 + random.nextInt(5), 1 + random.nextInt(5));
            Pair stride =
                    random.nextBoolean() ? new Pair(1, 1) : new Pair(1 + random.nextInt(3), 1 + random.nextInt(3));
            Pair dilation = new Pair(1 + random.nextInt(2), 1 + random.nextInt(2));
            Padding padding = random.nextInt(3) == 0
                    ? new Padding(Padding.Mode.EXPLICIT, 0, 0, 0, 0)
                    : new Padding(
                            Padding.Mode.EXPLICIT,
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3));
            if (input.height() + padding.top() + padding.bottom() <= dilation.height() * (kernel.height() - 1)
                    || input.width() + padding.left() + padding.right() <= dilation.width() * (kernel.width() - 1)) {
                continue;
            }
            check(conv(outputs, kernel, stride, padding, dilation), input, 1 + random.nextInt(5));
            found++;
        }
    }

    @Test
    void equalsPlanesOfLayersOfNetworks() {
        Padding one = new Padding(Padding.Mode.EXPLICIT, 1, 1, 1, 1);
        Padding none = new Padding(Padding.Mode.EXPLICIT, 0, 0, 0, 0);
        Padding three = new Padding(Padding.Mode.EXPLICIT, 3, 3, 3, 3);
        Pair single = new Pair(1, 1);
        check(conv(64, new Pair(3, 3), single, one, single), Shape.of(64, 56, 56), 2);
        check(conv(64, new Pair(7, 7), new Pair(2, 2), three, single), Shape.of(3, 224, 224), 1);
        check(conv(512, single, single, none, single), Shape.of(1024, 7, 7), 4);
        check(conv(512, new Pair(3, 3), new Pair(2, 2), one, single), Shape.of(256, 14, 14), 3);
    }

    /** Nothing is made of the heap's memory in a run. */
    @Test
    void runsTakeNoMemory() {
        watched = true;
        Padding one = Padding.all(1);
        Pair single = new Pair(1, 1);
        check(conv(64, single, single, Padding.NONE, single), Shape.of(64, 14, 14), 1);
        check(conv(48, new Pair(3, 3), single, one, single), Shape.of(32, 14, 14), 1);
        check(conv(32, new Pair(3, 3), new Pair(2, 2), one, single), Shape.of(1200, 5, 5), 1);
        check(conv(32, new Pair(3, 3), new Pair(2, 2), one, single), Shape.of(3, 20, 20), 1);
    }

    private static Conv conv(int outputs, Pair kernel, Pair stride, Padding padding, Pair dilation) {
        return new Conv(
                outputs,
                kernel,
                stride,
                padding,
                dilation,
                1,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }

    private void check(Conv op, Shape input, int batch) {
        String what = op + " of " + input + ", batch " + batch;
        Window window = op.window(input);
        Shape output =
                Shape.of(op.channels(), window.rows().output(), window.columns().output());
        boolean adds = random.nextBoolean();
        float[] x = Ranges.random(random, (int) input.size() * batch);
        float[] residual = Ranges.random(random, (int) output.size() * batch);
        long seed = random.nextLong();
        float[] expected = run(1, op, input, output, batch, adds, x, residual, false, false, seed);
        boolean in = input.channels() % SIZE == 0;
        boolean out = output.channels() % SIZE == 0;
        List<float[]> results = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads += 2) {
            for (int order = 1; order < 4; order++) {
                boolean blocksIn = in && (order & 1) > 0;
                boolean blocksOut = out && (order & 2) > 0;
                if (blocksIn || blocksOut) {
                    results.add(run(threads, op, input, output, batch, adds, x, residual, blocksIn, blocksOut, seed));
                }
            }
        }
        double terms = op.kernel().height() * op.kernel().width() * input.channels();
        for (float[] result : results) {
            assertThat(result)
                    .as("%s: whatever the order and the threads", what)
                    .isEqualTo(results.get(0));
            for (int i = 0; i < result.length; i++) {
                // Numbers are up to 1: the sum of their products has errors of so many units at most.
                double bound = 4 * terms * UNIT * Math.sqrt(terms);
                assertThat(Math.abs(result[i] - expected[i]) <= bound)
                        .as("%s: element %d is %s, not %s", what, i, result[i], expected[i])
                        .isTrue();
            }
        }
    }

    private float[] run(
            int threads,
            Conv op,
            Shape input,
            Shape output,
            int batch,
            boolean adds,
            float[] x,
            float[] residual,
            boolean blocksIn,
            boolean blocksOut,
            long seed) {
        try (CpuKernels kernels = new CpuKernels(threads, simd)) {
            Random numbers = new Random(seed);
            Region in = region(kernels, blocksIn ? BlockOrder.blocks(x, input) : x, input);
            Region out = region(kernels, new float[(int) output.size() * batch], output);
            List<ParameterOperand> parameters = new ArrayList<>();
            for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
                Memory memory = kernels.allocate("test", parameter.shape().size());
                memory.write(0, Ranges.random(numbers, (int) memory.length()), 0, (int) memory.length());
                parameters.add(new ParameterOperand(parameter, new Region(memory, 0, 0), null));
            }
            Operand result = new Operand(output, out, null);
            Blockable kernel = (Blockable) kernels.bind(new Binding(
                    "conv",
                    op,
                    adds ? Optional.empty() : Optional.of(new Relu()),
                    List.of(new Operand(input, in, null)),
                    result,
                    parameters,
                    Optional.empty(),
                    Optional.empty(),
                    batch,
                    0));
            if (adds) {
                Region added = region(kernels, blocksOut ? BlockOrder.blocks(residual, output) : residual, output);
                assertThat(kernel.absorb(new Binding(
                                "add",
                                new Add(),
                                Optional.of(new Relu()),
                                List.of(result, new Operand(output, added, null)),
                                result,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                batch,
                                1)))
                        .isTrue();
            }
            if (blocksIn || blocksOut) {
                kernel.lay(blocksIn, blocksOut);
            }
            kernels.ready();
            Run step = new Run().set(batch, false, 1, 0);
            kernel.forward(step);
            if (watched && threads == 1) {
                assertThat(TakenMemory.least(() -> kernel.forward(step)))
                        .as("%s", op)
                        .isZero();
            }
            float[] values = new float[(int) output.size() * batch];
            out.memory().read(0, values, 0, values.length);
            return blocksOut ? BlockOrder.planes(values, output) : values;
        }
    }

    private static Region region(CpuKernels kernels, float[] values, Shape shape) {
        Memory memory = kernels.allocate("test", values.length);
        memory.write(0, values, 0, values.length);
        return new Region(memory, 0, shape.size());
    }
}
