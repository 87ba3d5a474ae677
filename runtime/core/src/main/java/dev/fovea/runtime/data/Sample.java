package dev.fovea.runtime.data;

import java.util.List;
import java.util.Objects;

/** Where a data set puts one sample: for each field, a range of an array. Reused from sample to sample. */
public final class Sample {
    private final List<Field> fields;
    private final float[][] arrays;
    private final int[] offsets;

    Sample(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.arrays = new float[fields.size()][0];
        this.offsets = new int[fields.size()];
    }

    /** A sample with arrays of its own, each beginning at 0. */
    public static Sample of(DataSet dataSet) {
        Sample sample = new Sample(dataSet.fields());
        for (int field = 0; field < sample.arrays.length; field++) {
            sample.aim(field, new float[sample.fields.get(field).length()], 0);
        }
        return sample;
    }

    /** The fields that must be filled. */
    public List<Field> fields() {
        return fields;
    }

    /** The array that takes a field's elements, the last axis fastest, from {@link #offset} on. */
    public float[] array(int field) {
        return arrays[field];
    }

    /** Where in the array a field's elements begin. */
    public int offset(int field) {
        return offsets[field];
    }

    /**
     * Sets one element of a field; a class is its number.
     *
     * @throws IndexOutOfBoundsException where the field has no such element
     */
    public void set(int field, int element, float value) {
        Objects.checkIndex(element, fields.get(field).length());
        arrays[field][offsets[field] + element] = value;
    }

    void aim(int field, float[] array, int offset) {
        arrays[field] = array;
        offsets[field] = offset;
    }
}
