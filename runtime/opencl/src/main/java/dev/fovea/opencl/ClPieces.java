package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory that is longer than the device's largest buffer, cut into equal parts. A range that lies in one part is found there.
 * One that goes over a cut gets room in a buffer of that cut. All ranges that go over the same cut have the floats on both
 * sides of it in common, so only one of them is in use at a time and they can all begin where that buffer does.
 */
final class ClPieces implements Memory {
    private final ClQueue queue;
    private final String purpose;
    private final long length;
    private final long partLength;
    private final List<ClBuffer> parts = new ArrayList<>();
    private final Map<Long, ClBuffer> overCuts = new HashMap<>();
    private final Map<Range, ClBuffer> places = new HashMap<>();
    private final List<ClBuffer> owned = new ArrayList<>();

    private record Range(long offset, long extent) {}

    /**
     * Takes the parts, filled with zeros.
     *
     * @throws dev.fovea.runtime.kernels.DeviceFullException when the device has not so much; it keeps none of them then
     */
    ClPieces(ClQueue queue, String purpose, long length) {
        this.queue = queue;
        this.purpose = purpose;
        this.length = length;
        long most = mostFloats();
        long count = (length + most - 1) / most;
        partLength = (length + count - 1) / count;
        try {
            for (long from = 0; from < length; from += partLength) {
                parts.add(take(Math.min(partLength, length - from)));
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private long mostFloats() {
        return Math.max(1, queue.device().largestBuffer() / Float.BYTES);
    }

    private ClBuffer take(long floats) {
        ClBuffer buffer = new ClBuffer(queue, purpose, floats);
        owned.add(buffer);
        return buffer;
    }

    @Override
    public Region piece(long offset, long extent, long stride) {
        if (offset < 0 || extent < 0 || offset > length - extent) {
            throw new IndexOutOfBoundsException("no " + extent + " floats at " + offset + " of " + length);
        }
        long part = Math.min(offset / partLength, parts.size() - 1L);
        if (offset + extent <= (part + 1) * partLength) {
            return new Region(parts.get((int) part), offset - part * partLength, stride);
        }
        ClBuffer place = places.computeIfAbsent(new Range(offset, extent), range -> overCut(part, extent));
        return new Region(place, 0, stride);
    }

    /** The buffer of the cut behind a part; where the one it has is too short, another, so much longer that few are needed. */
    private ClBuffer overCut(long part, long floats) {
        ClBuffer before = overCuts.get(part);
        if (before != null && before.length() >= floats) {
            return before;
        }
        long wanted = before == null ? floats : Math.max(floats, Math.min(2 * before.length(), mostFloats()));
        ClBuffer longer = take(wanted);
        overCuts.put(part, longer);
        return longer;
    }

    /** How many buffers it has become. */
    int buffers() {
        return owned.size();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(long offset, float[] source, int from, int count) {
        throw reachedByPieces();
    }

    @Override
    public void read(long offset, float[] target, int to, int count) {
        throw reachedByPieces();
    }

    @Override
    public void fill(long offset, long count, float value) {
        throw reachedByPieces();
    }

    private static UnsupportedOperationException reachedByPieces() {
        return new UnsupportedOperationException("memory that was cut is reached by its pieces");
    }

    @Override
    public void close() {
        owned.forEach(ClBuffer::close);
    }
}
