package dev.fovea.cli;

import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;

/**
 * The same memory on two devices. What is written goes to both; what is read comes from the first, whose values the second's are
 * compared with.
 */
final class LockstepMemory implements Memory {
    private static final int AT_ONCE = 1 << 20;

    private final Memory expected;
    private final Memory actual;

    LockstepMemory(Memory expected, Memory actual) {
        this.expected = expected;
        this.actual = actual;
    }

    /** The two of a region that was planned on both. */
    static LockstepMemory of(Region region) {
        return (LockstepMemory) region.memory();
    }

    /** On the device that is the measure. */
    Memory expected() {
        return expected;
    }

    /** On the device that is measured. */
    Memory actual() {
        return actual;
    }

    /** Gives the second device what the first has. */
    void align() {
        align(0, length());
    }

    /** The same of the first samples of a tensor. */
    static void align(Region region, long size, int batch) {
        for (int i = 0; i < rows(region, size, batch); i++) {
            of(region).align(region.at(i), rowLength(region, size, batch));
        }
    }

    private void align(long offset, long count) {
        float[] values = new float[(int) Math.min(AT_ONCE, count)];
        for (long done = 0; done < count; ) {
            int part = (int) Math.min(values.length, count - done);
            expected.read(offset + done, values, 0, part);
            actual.write(offset + done, values, 0, part);
            done += part;
        }
    }

    /** The first samples of a tensor in one of the two memories, one behind the other; a parameter has but one. */
    static float[] read(Memory memory, Region region, long size, int batch) {
        int rows = rows(region, size, batch);
        int length = Math.toIntExact(rowLength(region, size, batch));
        float[] values = new float[Math.multiplyExact(rows, length)];
        for (int i = 0; i < rows; i++) {
            memory.read(region.at(i), values, i * length, length);
        }
        return values;
    }

    private static int rows(Region region, long size, int batch) {
        return region.stride() == 0 || region.stride() == size ? 1 : batch;
    }

    private static long rowLength(Region region, long size, int batch) {
        return region.stride() == size ? size * batch : size;
    }

    @Override
    public long length() {
        return expected.length();
    }

    @Override
    public void write(long offset, float[] source, int from, int count) {
        expected.write(offset, source, from, count);
        actual.write(offset, source, from, count);
    }

    @Override
    public void read(long offset, float[] target, int to, int count) {
        expected.read(offset, target, to, count);
    }

    @Override
    public void fill(long offset, long count, float value) {
        expected.fill(offset, count, value);
        actual.fill(offset, count, value);
    }

    @Override
    public void close() {
        expected.close();
        actual.close();
    }
}
