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

    /** Frees it; a second call does nothing. */
    @Override
    void close();
}
