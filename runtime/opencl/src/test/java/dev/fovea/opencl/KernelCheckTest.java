package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.opencl.KernelCheck.Row;
import dev.fovea.opencl.KernelCheck.Verdict;
import dev.fovea.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class KernelCheckTest {
    @Test
    void runsEverySampleOfEveryOperator() {
        List<Row> told = new ArrayList<>();
        List<Row> rows = KernelCheck.run(TestDevice.first().info(), 2, told::add);
        assertThat(rows).isEqualTo(told);
        assertThat(rows)
                .hasSize(Ops.ALL.stream().mapToInt(def -> def.samples().size()).sum());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.verdict()).as(row.toString()).isIn(Verdict.AGREES, Verdict.ON_CPU));
        assertThat(rows)
                .filteredOn(row -> row.operator().equals("conv"))
                .anySatisfy(row -> assertThat(row.forwardError()).isPositive());
    }
}
