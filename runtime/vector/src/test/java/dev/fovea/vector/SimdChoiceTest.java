package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdChoice;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class SimdChoiceTest {
    @Test
    void theVectorApiIsTakenWhereItIsThereAndScalarLoopsElsewhere() {
        Simd best = SimdChoice.best();
        VectorSimdProvider provider = new VectorSimdProvider();
        assertThat(provider.name()).isEqualTo("vector");
        if (provider.obstacle().isEmpty()) {
            assertThat(best).isInstanceOf(VectorSimd.class);
            assertThat(best.lanes()).isEqualTo(FloatVector.SPECIES_PREFERRED.length());
            assertThat(best.description()).isEqualTo("SIMD, " + best.lanes() + " lanes");
        } else {
            assertThat(best).isInstanceOf(ScalarSimd.class);
            assertThat(provider.obstacle())
                    .hasValueSatisfying(why -> assertThat(why).contains("--add-modules jdk.incubator.vector"));
        }
    }

    @Test
    void theWidthIsTheOneTheRunAskedFor() {
        String width = System.getProperty("expected.lanes", "");
        if (!width.isEmpty()) {
            assertThat(SimdChoice.best().lanes()).isLessThanOrEqualTo(Integer.parseInt(width));
        }
    }
}
