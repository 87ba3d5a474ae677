package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/** A data set to be looked at. Fields: the first of numbers, the first of classes. */
final class DataSetPart implements CheckedPart {
    private final String name;
    private final DataSet data;
    private final int numbers;
    private final int label;
    private final List<String> classes;

    /**
     * @param classes empty for those of the data set
     */
    DataSetPart(String name, DataSet data, List<String> classes) {
        this.name = name;
        this.data = data;
        this.numbers = first(Field.Values.class);
        this.label = first(Field.Classes.class);
        this.classes = classes.isEmpty() ? ((Field.Classes) data.fields().get(label)).names() : List.copyOf(classes);
    }

    private int first(Class<? extends Field> kind) {
        List<Field> fields = data.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (kind.isInstance(fields.get(i))) {
                return i;
            }
        }
        throw new IllegalArgumentException("no field of " + kind.getSimpleName() + " among " + fields);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public String fingerprint() throws FoveaException {
        return data.fingerprint();
    }

    @Override
    public String place(int index) {
        return name + ", sample " + index;
    }

    @Override
    public Content read(int index) throws FoveaException {
        Sample sample = Sample.of(data);
        data.read(index, sample);
        float[] values = new float[data.fields().get(numbers).length()];
        System.arraycopy(sample.array(numbers), sample.offset(numbers), values, 0, values.length);
        int given = (int) sample.array(label)[sample.offset(label)];
        return new Content(given, data.fields().get(numbers).shape(), values);
    }
}
