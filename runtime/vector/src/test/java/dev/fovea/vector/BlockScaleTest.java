package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.Scale;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Factors of channels: the same bits in channel blocks as in planes. */
class BlockScaleTest {
    private static final int BATCH = 3;

    @Test
    void channelsAreMultipliedInEitherOrder() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        for (Shape shape : List.of(Shape.of(16, 1, 2), Shape.of(64, 7, 5), Shape.of(32, 28, 28))) {
            Random random = new Random(shape.area());
            float[] x = Ranges.random(random, BATCH * (int) shape.size());
            float[] factors = Ranges.random(random, BATCH * shape.channels());
            float[] expected = run(all.get(0), 1, shape, x, factors, false);
            for (int threads = 1; threads <= 3; threads++) {
                float[] blocks = run(all.get(0), threads, shape, BlockOrder.blocks(x, shape), factors, true);
                assertThat(BlockOrder.planes(blocks, shape))
                        .as("%s, %d threads", shape, threads)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void gradientsAreTheSameInEitherOrder() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        for (Shape shape : List.of(Shape.of(16, 1, 2), Shape.of(64, 7, 5), Shape.of(32, 28, 28))) {
            for (boolean accumulates : new boolean[] {false, true}) {
                List<float[]> expected = gradients(all.get(0), 1, shape, accumulates, false);
                for (int threads = 1; threads <= 3; threads++) {
                    List<float[]> found = gradients(all.get(0), threads, shape, accumulates, true);
                    String what = shape + ", " + threads + " threads";
                    isClose(expected.get(0), found.get(0), 1e-6, what);
                    // sums of up to 784 products of numbers about 1
                    isClose(expected.get(1), found.get(1), 2e-5, what);
                }
            }
        }
    }

    private static void isClose(float[] expected, float[] actual, double bound, String what) {
        for (int i = 0; i < expected.length; i++) {
            double far = Math.abs(actual[i] - expected[i]) / (1 + Math.abs(expected[i]));
            assertThat(far).as("%s, element %d", what, i).isLessThan(bound);
        }
    }

    private static List<float[]> gradients(Simd simd, int threads, Shape shape, boolean accumulates, boolean inBlocks) {
        Shape vector = Shape.of(shape.channels());
        try (TrainedInBlocks bound = new TrainedInBlocks(
                new CpuKernels(threads, simd),
                inBlocks,
                new Scale(),
                Optional.empty(),
                List.of(shape, vector),
                TrainedInBlocks.Setting.of(BATCH + 1, accumulates))) {
            Random random = new Random(shape.area());
            bound.write(0, Ranges.random(random, BATCH * (int) shape.size()));
            bound.write(1, Ranges.random(random, BATCH * shape.channels()));
            bound.writeOutputGradient(Ranges.random(random, BATCH * (int) shape.size()));
            bound.writeGradient(0, Ranges.random(random, BATCH * (int) shape.size()));
            bound.writeGradient(1, Ranges.random(random, BATCH * shape.channels()));
            bound.run.set(BATCH, true, 0, 0);
            bound.forward();
            bound.backward();
            return List.of(bound.gradient(0, BATCH), bound.gradient(1, BATCH));
        }
    }

    private static float[] run(Simd simd, int threads, Shape shape, float[] x, float[] factors, boolean inBlocks) {
        try (CpuKernels kernels = new CpuKernels(threads, simd)) {
            Shape vector = Shape.of(shape.channels());
            Region y = region(kernels, new float[x.length], shape);
            Blockable kernel = (Blockable) kernels.bind(new Binding(
                    "scale",
                    new Scale(),
                    Optional.empty(),
                    List.of(
                            new Operand(shape, region(kernels, x, shape), null),
                            new Operand(vector, region(kernels, factors, vector), null)),
                    new Operand(shape, y, null),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    BATCH,
                    0));
            if (inBlocks) {
                kernel.lay(true, true);
            }
            kernels.ready();
            kernel.forward(new Run().set(BATCH, false, 1, 0));
            float[] values = new float[x.length];
            y.memory().read(0, values, 0, values.length);
            return values;
        }
    }

    private static Region region(CpuKernels kernels, float[] values, Shape shape) {
        Memory memory = kernels.allocate("test", values.length);
        memory.write(0, values, 0, values.length);
        return new Region(memory, 0, shape.size());
    }
}
