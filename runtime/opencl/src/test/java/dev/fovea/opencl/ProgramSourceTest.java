package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgramSourceTest {
    @Test
    void includesFilesAndSaysWhereEachLineIsFrom() {
        String text = ProgramSource.of("broken.cl").text();
        assertThat(text)
                .startsWith("#line 1 \"broken.cl\"\n")
                .contains("#line 1 \"reduction.cl\"\n", "#line 5 \"broken.cl\"\n\n__kernel void broken")
                .doesNotContain("#include");
    }

    @Test
    void collectsTheDefinesThatAreExpected() {
        ProgramSource source = ProgramSource.of("broken.cl");
        assertThat(source.expected()).containsExactlyInAnyOrder("WIDTH", "SLOPE", "ITEMS");
        source.checkDefines(Set.of("WIDTH", "SLOPE", "ITEMS"));
        assertThatThrownBy(() -> source.checkDefines(Set.of("WIDTH", "SLOPE")))
                .hasMessage("broken.cl expects the defines [ITEMS, SLOPE, WIDTH] and got [SLOPE, WIDTH]");
        assertThatThrownBy(() -> source.checkDefines(Set.of("WIDTH", "SLOPE", "ITEMS", "OTHER")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAsciiWhateverStandsInComments() {
        assertThat(ProgramSource.of("convolution_forward.cl").text()).matches("\\p{ASCII}*");
    }

    @Test
    void knowsNoOtherFiles() {
        assertThatThrownBy(() -> ProgramSource.of("missing.cl")).hasMessage("no program missing.cl");
    }
}
