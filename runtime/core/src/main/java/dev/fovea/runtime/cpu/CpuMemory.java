package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A block of floats in the Java heap. Never longer than an array can be: offsets fit an int. */
public final class CpuMemory implements Memory {
    /** HotSpot's longest array. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private static final float[] FREED = {};

    private final Map<Object, Object> derived = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final long length;
    private final CpuHeap heap;
    private float[] values;

    CpuMemory(String purpose, long floats, CpuHeap heap) {
        if (floats < 0 || floats > LONGEST) {
            throw new DeviceException("the CPU cannot hold " + floats + " floats of " + purpose
                    + " in one block (at most " + LONGEST + "); choose a smaller batch");
        }
        this.length = floats;
        this.heap = heap;
        try {
            values = heap == CpuHeap.ARRAYS ? new float[(int) floats] : FREED;
        } catch (OutOfMemoryError full) {
            throw new DeviceException(
                    "the Java heap has no room for " + floats * Float.BYTES / (1 << 20) + " MiB of " + purpose
                            + " (it may grow to " + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB); raise -Xmx or choose a smaller batch",
                    full);
        }
    }

    /** The values of the memory a region lies in. */
    public static float[] values(Region region) {
        return ((CpuMemory) region.memory()).values;
    }

    /** The values of a memory that the CPU handed out. */
    public static float[] values(Memory memory) {
        return ((CpuMemory) memory).values;
    }

    /**
     * How often it may have been changed, so that what was worked out from it can be kept: by its owner, an optimizer, or running
     * statistics. Kernels that write to tensors do not count.
     */
    public static long changes(Region region) {
        return ((CpuMemory) region.memory()).changes.get();
    }

    /** Says that it has been changed, see {@link #changes}. */
    static void change(Memory memory) {
        ((CpuMemory) memory).changes.incrementAndGet();
    }

    /** What kernels work out from this memory and share, whichever model they belong to: by a key, made when first asked for. */
    public static <T> T derived(Region region, Object key, Class<T> type, Supplier<T> make) {
        return type.cast(((CpuMemory) region.memory()).derived.computeIfAbsent(key, absent -> make.get()));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(long offset, float[] source, int from, int count) {
        int at = checked(offset, count);
        if (heap == CpuHeap.ARRAYS) {
            System.arraycopy(source, from, values, at, count);
        }
        changes.incrementAndGet();
    }

    @Override
    public void read(long offset, float[] target, int to, int count) {
        System.arraycopy(values, checked(offset, count), target, to, count);
    }

    @Override
    public void fill(long offset, long count, float value) {
        int from = checked(offset, count);
        if (heap == CpuHeap.ARRAYS) {
            Arrays.fill(values, from, from + (int) count, value);
        }
        changes.incrementAndGet();
    }

    @Override
    public void close() {
        values = FREED;
        derived.clear();
    }

    private int checked(long offset, long count) {
        return (int) Objects.checkFromIndexSize(offset, count, length);
    }
}
