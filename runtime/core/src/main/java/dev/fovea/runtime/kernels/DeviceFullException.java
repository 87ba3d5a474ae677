package dev.fovea.runtime.kernels;

/** A device that has not the memory asked for. Whoever knows what the memory was planned for can say what would fit. */
@SuppressWarnings("serial") // never serialized
public final class DeviceFullException extends DeviceException {
    private final String device;
    private final long requested;
    private final long taken;
    private final long free;
    private final long largest;

    /**
     * A request that failed.
     *
     * @param message for the user, complete in itself
     * @param device as messages name it
     * @param requested bytes of the request
     * @param taken bytes that the model held when it was made
     * @param free bytes that were left, as far as is known
     * @param largest bytes that a single request could have had, at most {@code free}
     */
    public DeviceFullException(String message, String device, long requested, long taken, long free, long largest) {
        super(message);
        this.device = device;
        this.requested = requested;
        this.taken = taken;
        this.free = free;
        this.largest = largest;
    }

    /** The device, as messages name it. */
    public String device() {
        return device;
    }

    /** Bytes of the request. */
    public long requested() {
        return requested;
    }

    /** Bytes that the model held when it was made. */
    public long taken() {
        return taken;
    }

    /** Bytes that were left. */
    public long free() {
        return free;
    }

    /** Bytes that a single request could have had. */
    public long largest() {
        return largest;
    }
}
