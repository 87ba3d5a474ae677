package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.runtime.model.CompiledModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedModelTest {
    /** The names are those of classes that the generated code uses, or that are loaded already. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Net",
                "Recipe",
                "Recipes",
                "String",
                "Object",
                "List",
                "Kernel",
                "CompiledModel",
                "Tensor",
                "Main"
            })
    void anyNameMakesAClassThatLoads(String name) throws Exception {
        String text = """
                package dev.fovea.cli

                model NAME {
                  input x: [4]
                  output y = x -> Tensor: dense(2) -> Recipes.Float: dense(3) -> Recipes.List: dense(3)
                }

                train NAME {
                  target t: class(3)
                  loss cross_entropy(y, t)
                  optimizer sgd(lr=0.1)
                  batch 2
                  epochs 1
                }
                """.replace("NAME", name);
        StoredFile file = new StoredFile("a.cnn", text.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(Library.EMPTY).check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        LoadedModel loaded = LoadedModel.of(result.models().get(0));
        assertThat(loaded.recipe("").lastPhase().batch()).isEqualTo(2);
        try (CompiledModel model = loaded.builder().device("cpu").threads(1).build()) {
            assertThat(model.getClass().getSimpleName()).isEqualTo(name);
            assertThat(model.predict(new float[4])).hasSize(3);
        }
    }
}
