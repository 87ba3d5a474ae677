package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/**
 * Samples by index. An implementation need not hold them in memory: it is asked for one at a time.
 *
 * <pre>{@code
 * final class Squares implements DataSet {
 *   public int size() { return 1000; }
 *   public List<Field> fields() {
 *     return List.of(new Field.Values("x", Shape.of(1)), new Field.Values("y", Shape.of(1)));
 *   }
 *   public void read(int index, Sample into) {
 *     into.set(0, 0, index / 1000f);
 *     into.set(1, 0, index / 1000f * index / 1000f);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #read} may be called by several threads at once, each with a sample of its own, and gives the same values whenever it is asked
 * for the same index.
 */
public interface DataSet {
    /** The number of samples. */
    int size();

    /** What a sample consists of, in the order in which {@link #read} numbers it; by custom inputs first, then targets. */
    List<Field> fields();

    /**
     * Reads one sample.
     *
     * @param index from 0 to {@code size() - 1}
     * @param into takes every element of every field
     * @throws FoveaException where the sample cannot be had: a file is gone, a picture does not decode
     */
    void read(int index, Sample into) throws FoveaException;

    /** How many threads should read samples at once: several where that is work, as decoding pictures is. */
    default int readers() {
        return 1;
    }

    /**
     * A text that is another where the data are: checkpoints hold it, so that a run is not resumed on other data. By itself it is made of
     * the fields and of at most 256 samples spread over the whole; who can say it better or cheaper overrides it.
     *
     * @throws FoveaException where a sample cannot be had
     */
    default String fingerprint() throws FoveaException {
        return Fingerprint.of(this);
    }
}
