package dev.fovea.runtime.kernels;

/** A block of floats on a device. */
public interface Memory extends AutoCloseable {
    /** Its length in floats. */
    long length();

    /** Copies in; the range must lie within both. */
    void write(long offset, float[] source, int from, int count);

    /** Copies out, after all that was asked for has been done; the range must lie within both. */
    void read(long offset, float[] target, int to, int count);

    /** Fills a range with one value. */
    void fill(long offset, long count, float value);

    /**
     * Where a range lies that is only ever used as one: here, unless the device had to cut this memory. Ranges that are not the same
     * may then lie apart, though by their offsets they overlap: only one of them is in use at a time.
     *
     * @param offset of the range, in floats
     * @param extent of the range, in floats
     * @param stride of the region that is made of it
     * @throws DeviceException when the device cannot hold the range in one piece
     */
    default Region piece(long offset, long extent, long stride) {
        return new Region(this, offset, stride);
    }

    /** Frees it; a second call does nothing. */
    @Override
    void close();
}
