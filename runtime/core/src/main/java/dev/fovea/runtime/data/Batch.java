package dev.fovea.runtime.data;

import java.util.List;
import java.util.NoSuchElementException;

/** Some samples side by side. Valid until the next one is asked for: the arrays are used again. */
public final class Batch {
    private final List<String> names;
    private final float[][] arrays;
    private int size;
    private int epoch;
    private int number;
    private boolean last;

    Batch(List<String> names, float[][] arrays) {
        this.names = List.copyOf(names);
        this.arrays = arrays;
    }

    /** The number of samples. */
    public int size() {
        return size;
    }

    /** The epoch it belongs to, from 0. */
    public int epoch() {
        return epoch;
    }

    /** Its number within the epoch, from 0. */
    public int number() {
        return number;
    }

    /** Whether it is the last one of its epoch. */
    public boolean isLast() {
        return last;
    }

    /** A field's elements, sample behind sample; what lies behind those of the last sample is left from earlier. */
    public float[] values(int field) {
        return arrays[field];
    }

    /**
     * The same by the field's name.
     *
     * @throws NoSuchElementException where there is no such field
     */
    public float[] values(String field) {
        int index = names.indexOf(field);
        if (index < 0) {
            throw new NoSuchElementException("no field " + field + " among " + names);
        }
        return arrays[index];
    }

    void set(int samples, int inEpoch, int numberInEpoch, boolean lastInEpoch) {
        size = samples;
        epoch = inEpoch;
        number = numberInEpoch;
        last = lastInEpoch;
    }
}
