package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.util.ArrayList;
import java.util.List;

/** Samples that lie in arrays, one array a field, sample behind sample. */
public final class ArrayDataSet implements DataSet {
    private final List<Field> fields;
    private final List<float[]> columns;
    private final int size;

    /**
     * @param columns for each field an array of {@code size * field.length()} floats; not copied
     * @throws IllegalArgumentException where the lengths do not fit each other
     */
    public ArrayDataSet(List<Field> fields, List<float[]> columns) {
        if (fields.isEmpty() || fields.size() != columns.size()) {
            throw new IllegalArgumentException(fields.size() + " fields, " + columns.size() + " arrays");
        }
        this.fields = List.copyOf(fields);
        this.columns = List.copyOf(columns);
        this.size = columns.get(0).length / fields.get(0).length();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (columns.get(i).length != (long) size * field.length()) {
                throw new IllegalArgumentException(
                        "the array of " + field.name() + " has " + columns.get(i).length + " floats; " + size
                                + " samples of " + field.length() + " need " + (long) size * field.length());
            }
        }
    }

    /** Reads all of another data set into memory. */
    public static ArrayDataSet copyOf(DataSet other) throws FoveaException {
        Sample sample = new Sample(other.fields());
        List<float[]> columns = new ArrayList<>();
        for (Field field : other.fields()) {
            columns.add(new float[Math.multiplyExact(other.size(), field.length())]);
        }
        for (int index = 0; index < other.size(); index++) {
            for (int field = 0; field < columns.size(); field++) {
                sample.aim(
                        field,
                        columns.get(field),
                        index * other.fields().get(field).length());
            }
            other.read(index, sample);
        }
        return new ArrayDataSet(other.fields(), columns);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public void read(int index, Sample into) {
        for (int field = 0; field < fields.size(); field++) {
            int length = fields.get(field).length();
            System.arraycopy(columns.get(field), index * length, into.array(field), into.offset(field), length);
        }
    }
}
