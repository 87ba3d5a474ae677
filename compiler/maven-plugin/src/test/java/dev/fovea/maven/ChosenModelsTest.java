package dev.fovea.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class ChosenModelsTest {
    private static final List<Graph> MODELS = Compiler.with(Library.EMPTY)
            .check(List.of(new StoredFile("nets.cnn", """
                            package my.nets
                            model A { input x: [3] output y = x -> relu }
                            model B { input x: [4] output y = x -> relu }
                            """.getBytes(StandardCharsets.UTF_8))), Map.of())
            .models();

    @Test
    void allWhereNoneIsNamed() throws MojoFailureException {
        assertThat(new ChosenModels(List.of()).of(MODELS, List.of()))
                .isEqualTo(MODELS)
                .hasSize(2);
    }

    @Test
    void thoseThatAreNamed() throws MojoFailureException {
        assertThat(new ChosenModels(List.of("my.nets.B")).of(MODELS, List.of()))
                .extracting(Graph::name)
                .containsExactly("B");
    }

    @Test
    void aNameOfAModelThatIsNotLookedAtIsNoFault() throws MojoFailureException {
        assertThat(new ChosenModels(List.of("my.nets.B", "other.C")).of(MODELS, List.of("other.C")))
                .hasSize(1);
    }

    @Test
    void anUnknownNameFails() {
        assertThatThrownBy(() -> new ChosenModels(List.of("my.nets.A", "B")).of(MODELS, List.of()))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("no model B");
    }
}
