package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.kernels.DeviceException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that go ahead of what the device is doing. */
@RequiresOpenCl
class ClInboxTest {
    private static final int LENGTH = 1 << 18;
    private static final int LONGEST = 6000;
    private static final int ACTIONS = 800;

    /** Kernels at a time, an odd number of them: the device has more to do than the host. */
    private static final int LOAD = 15;

    private ClWork work;
    private ClQueue queue;
    private MemoryKernels kernels;

    @BeforeEach
    void open() {
        work = TestDevice.work();
        queue = work.queue();
        kernels = new MemoryKernels(work);
    }

    @AfterEach
    void close() {
        work.close();
        assertThat(ClHandle.open()).isEmpty();
    }

    /** The device is kept busy by kernels that go through all of the memory; whatever comes after whatever, it has what the host has. */
    @Test
    void anyOrderOfCommandsGivesWhatTheHostHas() {
        long seed = 20;
        Random random = new Random(seed);
        float[] host = new float[LENGTH];
        float[] numbers = random(random, 10 * LONGEST);
        float[] source = new float[LONGEST + 3];
        queue.moveAhead(2 * LONGEST);
        try (ClBuffer memory = new ClBuffer(queue, "a test", LENGTH)) {
            for (int action = 0; action < ACTIONS; action++) {
                int count = random.nextInt(LONGEST);
                int offset = random.nextInt(LENGTH - count);
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3, 4, 5 -> {
                        System.arraycopy(numbers, random.nextInt(9 * LONGEST), source, 3, count);
                        memory.write(offset, source, 3, count);
                        System.arraycopy(source, 3, host, offset, count);
                        Arrays.fill(source, Float.NaN);
                    }
                    case 6, 7, 8 -> {
                        for (int i = 0; i < LOAD; i++) {
                            kernels.scale(memory, 0, LENGTH, -1);
                        }
                        negate(host);
                    }
                    case 9 -> {
                        memory.fill(offset, count, action);
                        Arrays.fill(host, offset, offset + count, action);
                    }
                    case 10 -> {
                        float[] read = new float[count];
                        memory.read(offset, read, 0, count);
                        assertThat(read)
                                .as("seed %d, action %d", seed, action)
                                .isEqualTo(Arrays.copyOfRange(host, offset, offset + count));
                    }
                    default -> queue.moveAhead(random.nextInt(3) * LONGEST);
                }
            }
            float[] read = new float[LENGTH];
            memory.read(0, read, 0, LENGTH);
            assertThat(Arrays.equals(read, host)).as("seed %d", seed).isTrue();
            ClTraffic traffic = queue.traffic();
            assertThat(traffic.bytesAhead()).isBetween(traffic.bytesIn() / 4, traffic.bytesIn() * 3 / 4);
        }
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() + 1;
        }
        return values;
    }

    private static void negate(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= -1;
        }
    }

    @Test
    void onlyABusyQueueIsOvertaken() {
        queue.moveAhead(10);
        try (ClBuffer memory = new ClBuffer(queue, "a test", 20)) {
            memory.write(0, new float[8], 0, 8);
            assertThat(queue.traffic().bytesAhead()).as("nothing to do").isZero();
            kernels.scale(memory, 0, 20, 2);
            memory.write(0, new float[8], 0, 8);
            assertThat(queue.traffic().bytesAhead()).isEqualTo(32);
            memory.write(8, new float[2], 0, 2);
            assertThat(queue.traffic().bytesAhead()).isEqualTo(40);
            memory.write(0, new float[1], 0, 1);
            assertThat(queue.traffic().bytesAhead()).as("no room").isEqualTo(40);
            memory.fill(0, 1, 1);
            memory.write(0, new float[10], 0, 10);
            assertThat(queue.traffic().bytesAhead()).as("room again").isEqualTo(80);
            queue.moveAhead(0);
            memory.fill(0, 1, 1);
            memory.write(0, new float[1], 0, 1);
            assertThat(queue.traffic().bytesAhead()).as("switched off").isEqualTo(80);
        }
    }

    @Test
    void rangesAreCheckedBeforeAnythingMoves() {
        queue.moveAhead(100);
        try (ClBuffer memory = new ClBuffer(queue, "a test", 8)) {
            memory.fill(0, 8, 1);
            float[] array = new float[10];
            assertThatThrownBy(() -> memory.write(1, array, 0, 8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.write(0, array, 3, 8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(queue.traffic().bytesIn()).isZero();
            memory.write(0, array, 2, 8);
            assertThat(queue.traffic().bytesAhead()).isEqualTo(32);
        }
    }

    @Test
    void itsMemoryIsCounted() {
        long before = work.workspaceBytes();
        queue.moveAhead(1000);
        assertThat(work.workspaceBytes() - before).isEqualTo(4000);
        queue.moveAhead(10);
        assertThat(work.workspaceBytes() - before).isEqualTo(40);
        long tooMuch = TestDevice.first().memory();
        assertThatThrownBy(() -> queue.moveAhead(tooMuch))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("for the next batch");
        assertThat(work.workspaceBytes()).isEqualTo(before);
        assertThat(ClHandle.open()).containsEntry("ClQueue", 1);
    }
}
