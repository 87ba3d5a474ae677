package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import java.util.List;

/** A part of a data set as {@link DataCheck} looks at it: samples one by one, of any size each, of which some may be faulty. */
public interface CheckedPart {
    /** What it is called: {@code train}, {@code test}. */
    String name();

    /** What the classes are called, in order. */
    List<String> classes();

    /** The number of samples. */
    int size();

    /** Where a sample is, for people: a file, or a number. */
    String place(int index);

    /**
     * Reads a sample; several threads may ask at once.
     *
     * @throws FoveaException where it cannot be had; the others are looked at all the same
     */
    Content read(int index) throws FoveaException;

    /**
     * A text that is another where the part's samples are: whatever is worked out of them is kept with it.
     *
     * @throws FoveaException where they cannot be looked at
     */
    String fingerprint() throws FoveaException;

    /**
     * A sample.
     *
     * @param label its class, from 0; −1 where it has none of the classes
     * @param shape {@code [C, H, W]} for pictures, {@code [N]} for other numbers
     * @param values of that shape; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of the array, never compared
    record Content(int label, Shape shape, float[] values) {}

    /** A data set whose first field are numbers and which has a field of classes. */
    static CheckedPart of(String name, DataSet data) {
        return new DataSetPart(name, data, List.of());
    }

    /** The same with other names for the classes, perhaps fewer. */
    static CheckedPart of(String name, DataSet data, List<String> classes) {
        return new DataSetPart(name, data, classes);
    }
}
