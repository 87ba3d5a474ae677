package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledSubsetTest {
    /** Class i has i + 1 times as many samples as class 0. */
    private static ArrayDataSet uneven(int smallest) {
        float[] labels = new float[smallest * 6];
        for (int i = 0; i < labels.length; i++) {
            int place = i % 6;
            labels[i] = place == 0 ? 0 : place < 3 ? 1 : 2;
        }
        float[] numbers = new float[labels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return new ArrayDataSet(
                List.of(new Field.Values("x", Shape.of(1)), Field.Classes.of("label", 3)), List.of(numbers, labels));
    }

    private static int[] counts(DataSet data) throws FoveaException {
        int[] counts = new int[3];
        Sample sample = Sample.of(data);
        for (int i = 0; i < data.size(); i++) {
            data.read(i, sample);
            counts[(int) sample.array(1)[sample.offset(1)]]++;
        }
        return counts;
    }

    @Test
    void ofEachClassAsMany() throws Exception {
        assertThat(counts(LabelledSubset.of(uneven(50), 60, 1))).containsExactly(20, 20, 20);
        assertThat(counts(LabelledSubset.of(uneven(50), 62, 1))).containsExactly(21, 21, 20);
        assertThat(counts(LabelledSubset.of(uneven(50), 3, 1))).containsExactly(1, 1, 1);
    }

    @Test
    void whereAClassHasTooFewOthersFillUp() throws Exception {
        int[] counts = counts(LabelledSubset.of(uneven(5), 24, 1));
        assertThat(counts[0]).isEqualTo(5);
        assertThat(counts[1] + counts[2]).isEqualTo(19);
        assertThat(counts(LabelledSubset.of(uneven(5), 30, 1))).containsExactly(5, 10, 15);
    }

    @Test
    void theSeedChooses() throws Exception {
        ArrayDataSet data = uneven(50);
        String one = LabelledSubset.of(data, 30, 1).fingerprint();
        assertThat(LabelledSubset.of(data, 30, 1).fingerprint()).isEqualTo(one);
        assertThat(LabelledSubset.of(data, 30, 2).fingerprint()).isNotEqualTo(one);
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> LabelledSubset.of(uneven(5), 31, 1))
                .isInstanceOf(FoveaException.class)
                .hasMessage("31 samples cannot have labels: there are 30");
        assertThatThrownBy(() -> LabelledSubset.of(uneven(5), 2, 1))
                .isInstanceOf(FoveaException.class)
                .hasMessage("2 labels are fewer than the 3 classes");
    }
}
