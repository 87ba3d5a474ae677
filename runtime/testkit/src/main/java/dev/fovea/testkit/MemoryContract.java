package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** What memory must do on every device. */
public final class MemoryContract {
    /** Longer than any chunk a device is likely to work in, and no multiple of anything. */
    private static final int LENGTH = 10_007;

    private MemoryContract() {}

    /** The tests. */
    public static Stream<DynamicNode> dynamicTests(Supplier<Kernels> kernels) {
        return Stream.of(
                test("begins with zeros", kernels, MemoryContract::beginsWithZeros),
                test("gives back what was written", kernels, MemoryContract::givesBack),
                test("refuses ranges that reach beyond it", kernels, MemoryContract::refuses),
                test("sums squares", kernels, MemoryContract::sumsSquares),
                test("scales a range", kernels, MemoryContract::scales),
                test("clamps a range", kernels, MemoryContract::clamps),
                test("blends two ranges", kernels, MemoryContract::blends));
    }

    private static DynamicNode test(String name, Supplier<Kernels> kernels, Consumer<Kernels> check) {
        return dynamicTest(name, () -> {
            try (Kernels device = kernels.get()) {
                check.accept(device);
            }
        });
    }

    private static void beginsWithZeros(Kernels device) {
        try (Memory memory = device.allocate("test", LENGTH)) {
            assertThat(memory.length()).isEqualTo(LENGTH);
            assertThat(all(memory)).containsOnly(0f);
        }
    }

    private static void givesBack(Kernels device) {
        float[] numbers = Ramp.between(-1, 1, LENGTH, 3);
        try (Memory memory = device.allocate("test", LENGTH)) {
            memory.write(5, numbers, 9, 100);
            memory.fill(50, 7, 2.5f);
            float[] read = new float[120];
            memory.read(3, read, 1, 110);
            for (int i = 0; i < read.length; i++) {
                int at = i - 1 + 3;
                boolean inside = i >= 1 && i < 111 && at >= 5 && at < 105;
                float wanted = inside ? numbers[at - 5 + 9] : 0;
                assertThat(read[i]).as("element %d", i).isEqualTo(at >= 50 && at < 57 ? 2.5f : wanted);
            }
        }
    }

    private static void refuses(Kernels device) {
        float[] numbers = new float[10];
        try (Memory memory = device.allocate("test", 8)) {
            assertThatThrownBy(() -> memory.write(3, numbers, 0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.write(0, numbers, 7, 4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.read(-1, numbers, 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.read(0, numbers, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.fill(7, 2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.scale(memory, 7, 2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> device.sumOfSquares(memory, 0, 9)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static void sumsSquares(Kernels device) {
        float[] numbers = Ramp.between(-1, 1, LENGTH, 4);
        try (Memory memory = device.allocate("test", LENGTH)) {
            memory.write(0, numbers, 0, LENGTH);
            double expected = 0;
            for (int i = 11; i < LENGTH - 3; i++) {
                expected += (double) numbers[i] * numbers[i];
            }
            assertThat(device.sumOfSquares(memory, 11, LENGTH - 14))
                    .isEqualTo(expected, within(Bound.of(LENGTH, expected)));
            assertThat(device.sumOfSquares(memory, 11, 0)).isZero();
        }
    }

    private static void scales(Kernels device) {
        try (Memory memory = device.allocate("test", LENGTH)) {
            memory.fill(0, LENGTH, 2);
            device.scale(memory, 13, LENGTH - 20, 0.25f);
            float[] all = all(memory);
            for (int i = 0; i < LENGTH; i++) {
                assertThat(all[i]).as("element %d", i).isEqualTo(i >= 13 && i < LENGTH - 7 ? 0.5f : 2);
            }
        }
    }

    private static void clamps(Kernels device) {
        float[] numbers = Ramp.between(-1, 1, LENGTH, 5);
        numbers[20] = Float.NaN;
        try (Memory memory = device.allocate("test", LENGTH)) {
            memory.write(0, numbers, 0, LENGTH);
            device.clamp(memory, 13, LENGTH - 20, 0.25f);
            float[] expected = numbers.clone();
            for (int i = 13; i < LENGTH - 7; i++) {
                expected[i] = Math.max(-0.25f, Math.min(0.25f, numbers[i]));
            }
            assertThat(all(memory)).as("a NaN stays one").isEqualTo(expected);
        }
    }

    private static void blends(Kernels device) {
        try (Memory target = device.allocate("test", LENGTH);
                Memory source = device.allocate("test", LENGTH)) {
            target.fill(0, LENGTH, 2);
            source.fill(0, LENGTH, 8);
            device.blend(target, source, 13, LENGTH - 20, 0.5f, 0.25f);
            float[] all = all(target);
            for (int i = 0; i < LENGTH; i++) {
                assertThat(all[i]).as("element %d", i).isEqualTo(i >= 13 && i < LENGTH - 7 ? 3f : 2f);
            }
            target.fill(0, LENGTH, Float.NaN);
            device.blend(target, source, 0, LENGTH, 0, 0.5f);
            assertThat(all(target)).containsOnly(4f);
        }
    }

    private static float[] all(Memory memory) {
        float[] all = new float[Math.toIntExact(memory.length())];
        memory.read(0, all, 0, all.length);
        return all;
    }
}
