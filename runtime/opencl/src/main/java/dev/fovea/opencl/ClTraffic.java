package dev.fovea.opencl;

/** What has gone over the bus through one queue, counted by the class that does all transfers. */
final class ClTraffic {
    private long bytesIn;
    private long bytesOut;
    private long transfers;

    /** Notes a transfer to the device. */
    void in(long bytes) {
        bytesIn += bytes;
        transfers++;
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

    /** Bytes that came from the device. */
    long bytesOut() {
        return bytesOut;
    }

    /** Transfers in both directions. */
    long transfers() {
        return transfers;
    }
}
