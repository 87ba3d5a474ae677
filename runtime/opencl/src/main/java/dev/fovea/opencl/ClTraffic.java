package dev.fovea.opencl;

/** What has gone over the bus for one model, counted by the class that does all transfers. */
final class ClTraffic {
    private long bytesIn;
    private long bytesOut;
    private long bytesAhead;
    private long transfers;

    /** Notes a transfer to the device. */
    void in(long bytes) {
        bytesIn += bytes;
        transfers++;
    }

    /** Notes that what has just been transferred to the device did not wait for what it was doing. */
    void ahead(long bytes) {
        bytesAhead += bytes;
    }

    /** Notes a transfer from the device. */
    void out(long bytes) {
        bytesOut += bytes;
        transfers++;
    }

    /** Bytes that went to the device. */
    long bytesIn() {
        return bytesIn;
    }

    /** Those of them that did not wait for what the device was doing. */
    long bytesAhead() {
        return bytesAhead;
    }

    /** Bytes that came from the device. */
    long bytesOut() {
        return bytesOut;
    }

    /** Transfers in both directions. */
    long transfers() {
        return transfers;
    }
}
