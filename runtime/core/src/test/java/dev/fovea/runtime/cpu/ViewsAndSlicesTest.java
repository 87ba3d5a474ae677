package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Concat;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views and joins whose operands share their memory, and those whose do not. */
class ViewsAndSlicesTest {
    private final CpuKernels kernels = new CpuKernels(2, new ScalarSimd());
    private final Memory values = kernels.allocate("values", 64);
    private final Memory gradients = kernels.allocate("gradients", 64);

    @AfterEach
    void close() {
        values.close();
        gradients.close();
        kernels.close();
    }

    private Operand operand(Shape shape, long offset, long stride, boolean accumulate) {
        return new Operand(
                shape,
                new Region(values, offset, stride),
                new Gradient(new Region(gradients, offset, stride), accumulate));
    }

    private Kernel bind(Op op, List<Operand> inputs, Operand output) {
        return kernels.bind(new Binding(
                "test", op, Optional.empty(), inputs, output, List.of(), Optional.empty(), Optional.empty(), 2, 0));
    }

    private static float[] read(Memory memory, int from, int count) {
        float[] read = new float[count];
        memory.read(from, read, 0, count);
        return read;
    }

    @Test
    void aViewElsewhereIsCopied() {
        Kernel flatten = bind(
                new Flatten(), List.of(operand(Shape.of(2, 1, 2), 0, 5, true)), operand(Shape.of(4), 20, 4, false));
        values.write(0, new float[] {1, 2, 3, 4, 9, 5, 6, 7, 8}, 0, 9);
        gradients.fill(0, 10, 100);
        gradients.write(20, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8);
        Run run = new Run().set(2, true, 0, 0);
        flatten.forward(run);
        flatten.backward(run);
        assertThat(read(values, 20, 9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0);
        assertThat(read(gradients, 0, 10)).containsExactly(101, 102, 103, 104, 100, 105, 106, 107, 108, 100);
    }

    @Test
    void aViewInPlaceTouchesNothing() {
        Kernel flatten = bind(
                new Flatten(), List.of(operand(Shape.of(2, 1, 2), 0, 4, false)), operand(Shape.of(4), 0, 4, false));
        values.fill(0, 8, 3);
        gradients.fill(0, 8, 5);
        Run run = new Run().set(2, true, 0, 0);
        flatten.forward(run);
        flatten.backward(run);
        assertThat(read(values, 0, 9)).containsExactly(3, 3, 3, 3, 3, 3, 3, 3, 0);
        assertThat(read(gradients, 0, 9)).containsExactly(5, 5, 5, 5, 5, 5, 5, 5, 0);
    }

    /** The first part lies where it belongs, the second comes from elsewhere. */
    @Test
    void aPartWrittenInPlaceIsLeftAlone() {
        Kernel concat = bind(
                new Concat(0),
                List.of(operand(Shape.of(1, 1, 2), 0, 5, false), operand(Shape.of(3), 30, 3, false)),
                operand(Shape.of(5), 0, 5, false));
        values.write(0, new float[] {1, 2, 0, 0, 0, 3, 4, 0, 0, 0}, 0, 10);
        values.write(30, new float[] {11, 12, 13, 14, 15, 16}, 0, 6);
        gradients.write(0, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0, 10);
        Run run = new Run().set(2, true, 0, 0);
        concat.forward(run);
        concat.backward(run);
        assertThat(read(values, 0, 10)).containsExactly(1, 2, 11, 12, 13, 3, 4, 14, 15, 16);
        assertThat(read(gradients, 0, 10)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(read(gradients, 30, 6)).containsExactly(3, 4, 5, 8, 9, 10);
    }

    @Test
    void aSmallerBatchLeavesTheRestAlone() {
        Kernel flatten = bind(
                new Flatten(), List.of(operand(Shape.of(2, 1, 2), 0, 4, false)), operand(Shape.of(4), 20, 4, false));
        values.fill(0, 8, 3);
        flatten.forward(new Run().set(1, true, 0, 0));
        assertThat(read(values, 20, 8)).containsExactly(3, 3, 3, 3, 0, 0, 0, 0);
    }
}
