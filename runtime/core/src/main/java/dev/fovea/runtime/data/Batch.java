package dev.fovea.runtime.data;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** Some samples side by side. Valid until the next one is asked for: the arrays are used again. */
public final class Batch {
    private final List<String> names;
    private final float[][] arrays;
    private int size;
    private int epoch;
    private int number;
    private boolean last;
    private float share = 1;
    private int[] partners = new int[0];

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

    /**
     * The share of itself in each sample; below 1 where samples are mixed in pairs, and the rest then is of its {@link #partner}. A field
     * that is not mixed, as classes cannot be, holds what belongs to the sample itself.
     */
    public float share() {
        return share;
    }

    /** The sample that one is mixed with, both from 0: itself where samples are not mixed. */
    public int partner(int sample) {
        return share == 1 ? Objects.checkIndex(sample, size) : partners[sample];
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
        share = 1;
    }

    void mixed(float ownShare, int[] others) {
        share = ownShare;
        partners = others;
    }
}
