package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    Path folder;

    private ArrayDataSet read(String text, int numbers) throws Exception {
        return CsvTable.read(Files.writeString(folder.resolve("t.csv"), text), Shape.of(numbers), List.of());
    }

    @Test
    void numbersAndANamedClass() throws Exception {
        ArrayDataSet data = read("a,label,b\n1,\"iris, blue\",2\n-0.5, aster ,1e3\n\n3,\"iris, blue\",4\n", 2);
        assertThat(data.size()).isEqualTo(3);
        assertThat(((Field.Classes) data.fields().get(1)).names()).containsExactly("aster", "iris, blue");
        Sample sample = Sample.of(data);
        data.read(1, sample);
        assertThat(sample.array(0)).containsExactly(-0.5f, 1000);
        assertThat(sample.array(1)).containsExactly(0);
        data.read(2, sample);
        assertThat(sample.array(0)).containsExactly(3, 4);
        assertThat(sample.array(1)).containsExactly(1);
    }

    @Test
    void withoutALabelTheLastColumnIsTheClassAndNumbersKeepTheirOrder() throws Exception {
        ArrayDataSet data = read("x,y\n0,10\n0,9\n0,2\n", 1);
        assertThat(((Field.Classes) data.fields().get(1)).names()).containsExactly("2", "9", "10");
    }

    @Test
    void faultsAreNamedWithTheirLine() {
        assertThatThrownBy(() -> read("a,label\n1,x\nz,x\n", 1))
                .isInstanceOf(InputException.class)
                .hasMessage("line 3, column `a`: \"z\" is not a finite number");
        assertThatThrownBy(() -> read("a,label\n1,x\n1\n", 1)).hasMessage("line 3 has 1 cells, the first line 2");
        assertThatThrownBy(() -> read("a,label\n1,x\n", 3))
                .hasMessage("the table has 1 columns beside `label`, but the input [3] takes 3");
        assertThatThrownBy(() -> read("", 3)).hasMessage("the table is empty");
    }

    @Test
    void aSplitIsTheSameForASeedAndLosesNothing() throws Exception {
        StringBuilder text = new StringBuilder("x,label\n");
        for (int i = 0; i < 50; i++) {
            text.append(i).append(",0\n");
        }
        ArrayDataSet data = read(text.toString(), 1);
        Split split = Split.of(data, 0.2, 7);
        assertThat(split.held().size()).isEqualTo(10);
        assertThat(values(split.held())).isEqualTo(values(Split.of(data, 0.2, 7).held()));
        assertThat(values(split.held()))
                .isNotEqualTo(values(Split.of(data, 0.2, 8).held()));
        assertThat(values(split.held())).doesNotContainAnyElementsOf(values(split.training()));
        assertThat(values(split.training())).hasSize(40).isSorted();
    }

    private static List<Float> values(DataSet data) throws Exception {
        Sample sample = Sample.of(data);
        List<Float> values = new java.util.ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            data.read(i, sample);
            values.add(sample.array(0)[0]);
        }
        return values;
    }
}
