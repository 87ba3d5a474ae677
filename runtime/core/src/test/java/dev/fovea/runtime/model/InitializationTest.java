package dev.fovea.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import org.junit.jupiter.api.Test;

class InitializationTest {
    /** The codes of LeNet-5's output: each sign about as often as the other, and the same for the same seed and name. */
    @Test
    void signs() {
        ModelParameter codes = new ModelParameter(
                "output.weight", Parameter.fixed("weight", Shape.of(10, 84), Initializer.SIGNS), 0, false);
        float[] values = Initialization.values(codes, 7);
        int positive = 0;
        for (float value : values) {
            assertThat(Math.abs(value)).isEqualTo(1);
            positive += value > 0 ? 1 : 0;
        }
        assertThat(positive).isBetween(350, 490); // 420 ± 5 deviations of a fair coin
        assertThat(Initialization.values(codes, 7)).isEqualTo(values);
        assertThat(Initialization.values(codes, 8)).isNotEqualTo(values);
    }
}
