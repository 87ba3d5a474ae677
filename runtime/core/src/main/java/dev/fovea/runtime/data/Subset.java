package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Some samples of another data set, in an order of their own. */
public final class Subset implements DataSet {
    private final DataSet whole;
    private final int[] indices;

    private Subset(DataSet whole, int[] indices) {
        for (int index : indices) {
            Objects.checkIndex(index, whole.size());
        }
        this.whole = whole;
        this.indices = indices;
    }

    /**
     * The samples of the given indices; one may occur more than once.
     *
     * @throws IndexOutOfBoundsException where there is no such sample
     */
    public static Subset of(DataSet whole, int... indices) {
        return new Subset(whole, indices.clone());
    }

    /**
     * The samples from one index to before another.
     *
     * @throws IndexOutOfBoundsException where the range is not within the data set
     */
    public static Subset range(DataSet whole, int from, int to) {
        Objects.checkFromToIndex(from, to, whole.size());
        return new Subset(whole, IntStream.range(from, to).toArray());
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public List<Field> fields() {
        return whole.fields();
    }

    @Override
    public void read(int index, Sample into) throws FoveaException {
        whole.read(indices[index], into);
    }

    @Override
    public int readers() {
        return whole.readers();
    }

    /** Of the whole and of the choice. */
    @Override
    public String fingerprint() throws FoveaException {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(whole.fingerprint());
        for (int index : indices) {
            fingerprint.add(index);
        }
        return fingerprint.text();
    }
}
