package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSetTest {
    private static final List<Field> FIELDS = List.of(new Field.Values("x", Shape.of(2)), Field.Classes.of("label", 3));

    /** What a user would write. */
    private static final class Squares implements DataSet {
        @Override
        public int size() {
            return 10;
        }

        @Override
        public List<Field> fields() {
            return List.of(new Field.Values("x", Shape.of(1)), new Field.Values("y", Shape.of(1)));
        }

        @Override
        public void read(int index, Sample into) {
            into.set(0, 0, index);
            into.set(1, 0, index * index);
        }
    }

    @Test
    void arraysGiveTheirSamples() throws Exception {
        ArrayDataSet data = new ArrayDataSet(FIELDS, List.of(new float[] {1, 2, 3, 4, 5, 6}, new float[] {0, 2, 1}));
        assertThat(data.size()).isEqualTo(3);
        Sample sample = Sample.of(data);
        data.read(1, sample);
        assertThat(sample.array(0)).containsExactly(3, 4);
        assertThat(sample.array(1)).containsExactly(2);
        assertThat(sample.fields()).isEqualTo(FIELDS);
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArrayDataSet(FIELDS, List.of(new float[6], new float[2])))
                .withMessage("the array of label has 2 floats; 3 samples of 1 need 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArrayDataSet(FIELDS, List.of(new float[5], new float[2])));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArrayDataSet(FIELDS, List.of(new float[6])));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArrayDataSet(List.of(), List.of()));
    }

    @Test
    void subsetsAndCopiesOfAUsersOwnData() throws Exception {
        Subset some = Subset.of(Subset.range(new Squares(), 2, 9), 0, 6, 0);
        assertThat(some.size()).isEqualTo(3);
        ArrayDataSet copy = ArrayDataSet.copyOf(some);
        Sample sample = Sample.of(copy);
        copy.read(1, sample);
        assertThat(sample.array(1)).containsExactly(64);
        copy.read(2, sample);
        assertThat(sample.array(0)).containsExactly(2);
        assertThatThrownBy(() -> Subset.of(some, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Subset.range(some, 2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sample.set(0, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void fieldsKnowTheirLengthsAndClasses() {
        assertThat(FIELDS.get(1).length()).isEqualTo(1);
        assertThat(Field.Classes.of("label", 3).names()).containsExactly("0", "1", "2");
        assertThat(new Field.Classes("map", Shape.of(4, 5), List.of("sky", "sea")).length())
                .isEqualTo(20);
        assertThatIllegalArgumentException().isThrownBy(() -> Field.Classes.of("label", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field.Values("x", Shape.of(1 << 16, 1 << 16)));
    }
}
