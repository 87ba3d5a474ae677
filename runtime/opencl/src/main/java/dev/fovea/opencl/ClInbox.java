package dev.fovea.opencl;

import org.jspecify.annotations.Nullable;

/**
 * Memory on the device that floats are moved to while the main queue still computes, over a queue of its own. From there the main
 * queue copies them to where they belong when their turn has come. The mover waits for the move alone, so that no event is needed: when
 * the copy is asked for the floats have arrived.
 *
 * <p>A place is used once between two moments at which the main queue was seen empty: until then a copy may still have to be made
 * from it. What finds no place goes over the main queue.
 */
final class ClInbox implements AutoCloseable {
    private final ClQueue main;
    private final ClQueue second;
    private final ClBuffer room;
    private long used;

    /**
     * Takes the memory and opens the second queue.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when that fails; nothing stays open then
     */
    ClInbox(ClQueue main, long floats) {
        this.main = main;
        second = ClQueue.beside(main);
        try {
            room = new ClBuffer(second, "the next batch", floats);
        } catch (RuntimeException failed) {
            second.close();
            throw failed;
        }
    }

    /** Room for so many floats at once; null where too little of it is unused. */
    @Nullable
    Place place(long floats) {
        if (floats > room.length() - used) {
            return null;
        }
        used += floats;
        return new Place(room, used - floats);
    }

    /**
     * A part of the memory, taken.
     *
     * @param offset in floats
     */
    record Place(ClBuffer room, long offset) {}

    /** Moves floats to a place; when it returns they are there, and the main queue has been told to go on with what it has. */
    void move(Place place, float[] source, int from, int count) {
        main.flush();
        place.room().write(place.offset(), source, from, count);
        main.traffic().ahead((long) count * Float.BYTES);
    }

    /** Every copy that was asked for has been made. */
    void copied() {
        used = 0;
    }

    /** Its length. */
    long bytes() {
        return room.length() * Float.BYTES;
    }

    @Override
    public void close() {
        room.close();
        second.close();
    }
}
