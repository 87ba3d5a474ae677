package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.kernels.DeviceException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers, beyond what the memory contract asks. */
@RequiresOpenCl
class ClBufferTest {
    private ClContext context;
    private ClQueue queue;

    @BeforeEach
    void open() {
        context = new ClContext(TestDevice.first());
        queue = new ClQueue(context);
    }

    @AfterEach
    void close() {
        queue.close();
        context.close();
        assertThat(ClHandle.open()).isEmpty();
    }

    @Test
    void carriesMoreThanOneStagingBufferHolds() {
        float[] numbers = new float[(1 << 19) + 77];
        Random random = new Random(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }
        try (ClBuffer buffer = new ClBuffer(queue, "a test", numbers.length + 10)) {
            buffer.write(7, numbers, 0, numbers.length);
            float[] read = new float[numbers.length + 10];
            buffer.read(0, read, 0, read.length);
            assertThat(Arrays.copyOfRange(read, 7, 7 + numbers.length)).isEqualTo(numbers);
            assertThat(read[6]).isZero();
            assertThat(read[7 + numbers.length]).isZero();
        }
    }

    @Test
    void anArrayMayChangeAsSoonAsItIsWritten() {
        int part = ClStaging.FLOATS / 4;
        int parts = 100;
        float[] numbers = new float[part];
        try (ClBuffer buffer = new ClBuffer(queue, "a test", (long) part * parts)) {
            for (int i = 0; i < parts; i++) {
                Arrays.fill(numbers, i + 1);
                buffer.write((long) part * i, numbers, 0, part);
                Arrays.fill(numbers, -1);
            }
            float[] read = new float[part * parts];
            buffer.read(0, read, 0, read.length);
            for (int i = 0; i < read.length; i++) {
                if (read[i] != i / part + 1) {
                    assertThat(read[i]).as("element %d", i).isEqualTo(i / part + 1);
                }
            }
        }
    }

    @Test
    void refusesEveryRangeThatReachesBeyondIt() {
        float[] array = new float[10];
        long[] offsets = {-1, 0, 3, 7, 8, 9, Long.MIN_VALUE, Long.MAX_VALUE};
        int[] starts = {-1, 0, 4, 10, 11, Integer.MIN_VALUE, Integer.MAX_VALUE};
        int[] counts = {-1, 0, 1, 5, 6, 8, 9, Integer.MIN_VALUE, Integer.MAX_VALUE};
        try (ClBuffer buffer = new ClBuffer(queue, "a test", 8)) {
            for (long offset : offsets) {
                for (int start : starts) {
                    for (int count : counts) {
                        boolean fits =
                                count >= 0 && offset >= 0 && offset <= 8L - count && start >= 0 && start <= 10L - count;
                        if (fits) {
                            buffer.write(offset, array, start, count);
                            buffer.read(offset, array, start, count);
                        } else {
                            assertThatThrownBy(() -> buffer.write(offset, array, start, count))
                                    .as("%d %d %d", offset, start, count)
                                    .isInstanceOf(IndexOutOfBoundsException.class);
                            assertThatThrownBy(() -> buffer.read(offset, array, start, count))
                                    .isInstanceOf(IndexOutOfBoundsException.class);
                        }
                    }
                }
            }
            assertThatThrownBy(() -> buffer.fill(1, Long.MAX_VALUE, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void mayBeEmpty() {
        try (ClBuffer empty = new ClBuffer(queue, "nothing", 0)) {
            assertThat(empty.length()).isZero();
            empty.write(0, new float[0], 0, 0);
            empty.fill(0, 0, 1);
            assertThatThrownBy(() -> empty.fill(0, 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        ClBuffer buffer = new ClBuffer(queue, "a test", 8);
        buffer.close();
        buffer.close();
        assertThatThrownBy(() -> buffer.fill(0, 1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> buffer.read(0, new float[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(context.bytesTaken()).isZero();
    }

    @Test
    void saysWhatWasAskedForAndWhatThereIs() {
        long tooLong = context.device().memory() / Float.BYTES + 1;
        assertThatThrownBy(() -> new ClBuffer(queue, "activations", tooLong))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(context.device().label())
                .hasMessageContaining("for activations")
                .hasMessageContaining(Amounts.bytes(context.device().memory()))
                .hasMessageContaining("smaller batch");
        assertThatThrownBy(() -> new ClBuffer(queue, "activations", Long.MAX_VALUE))
                .isInstanceOf(DeviceException.class);
        long longerThanABuffer = context.device().largestBuffer() / Float.BYTES + 1;
        assertThatThrownBy(() -> new ClBuffer(queue, "activations", longerThanABuffer))
                .isInstanceOf(DeviceException.class);
        assertThat(context.bytesTaken()).isZero();
    }

    @Test
    void countsWhatItTakes() {
        try (ClBuffer one = new ClBuffer(queue, "a test", 100)) {
            assertThat(context.bytesTaken()).isEqualTo(400);
            try (ClBuffer other = new ClBuffer(queue, "a test", 50)) {
                assertThat(context.bytesTaken()).isEqualTo(600);
                assertThat(one.length()).isGreaterThan(other.length());
            }
        }
        assertThat(context.bytesTaken()).isZero();
    }
}
