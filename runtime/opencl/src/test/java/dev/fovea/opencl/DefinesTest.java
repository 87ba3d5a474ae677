package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DefinesTest {
    @Test
    void areWrittenInAlphabeticalOrder() {
        Defines defines = new Defines().with("WIDTH", 28).with("BIAS", true).with("SLOPE", 0.01f);
        assertThat(defines).hasToString("-D BIAS=1 -D SLOPE=(0x1.47ae14p-7f) -D WIDTH=28");
    }

    @Test
    void keepEveryDigitOfNumbers() {
        for (float value : new float[] {0, -0f, 1e-38f, Float.MIN_VALUE, Float.MAX_VALUE, -1f / 3}) {
            String text = new Defines().with("X", value).values().get("X");
            assertThat(Float.parseFloat(text.substring(1, text.length() - 1))).isEqualTo(value);
        }
    }

    @Test
    void takeNumbersAndNothingElse() {
        assertThatThrownBy(() -> new Defines().with("X", Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Defines().with("X", Float.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Defines().with("X=1 -I /", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Defines().with("X", 1).with("X", 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
