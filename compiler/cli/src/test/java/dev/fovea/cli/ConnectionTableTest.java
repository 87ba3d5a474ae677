package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a connection table leaves out of a weight is zero from the first value to the stored file. */
class ConnectionTableTest {
    private static final String TEXT = """
            model Sparse {
              input x: [3, 4, 4]
              output y = x -> c: conv(2, kernel=3, connections=[[0], [1, 2]], init=uniform(1, 2))
            }
            """;

    /** Of the weight [2, 3, 3, 3]: pairs of an output and an input channel. */
    private static final boolean[] CONNECTED = {true, false, false, false, true, true};

    @Test
    void initialValuesAndLoadedOnesAreZeroOutsideTheTable() throws Exception {
        try (CompiledModel model = load(TEXT)) {
            ModelParameter weight = model.weights().find("c.weight").orElseThrow();
            assertConnected(model.weights().read(weight));
            float[] ones = new float[54];
            Arrays.fill(ones, 1.5f);
            model.weights().write(weight, ones);
            assertConnected(model.weights().read(weight));
            assertThat(ones).as("the caller's array").containsOnly(1.5f);
        }
    }

    /** U(−1/√n, 1/√n) with the n inputs that an output really has: 9 and 18. */
    @Test
    void eachOutputIsScaledByItsOwnInputs() throws Exception {
        try (CompiledModel model = load(TEXT.replace(", init=uniform(1, 2)", ""))) {
            float[] values =
                    model.weights().read(model.weights().find("c.weight").orElseThrow());
            assertThat(largest(values, 0)).isBetween(0.8 / 3, 1.0 / 3);
            assertThat(largest(values, 27)).isBetween(0.8 / Math.sqrt(18), 1 / Math.sqrt(18));
        }
    }

    @Test
    void onlyConnectionsCount() {
        CheckResult result = check(TEXT);
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models().get(0).parameters().stream()
                        .mapToLong(parameter -> parameter.parameter().count())
                        .sum())
                .isEqualTo(3 * 9 + 2);
    }

    private static void assertConnected(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (CONNECTED[i / 9]) {
                assertThat(values[i]).as("element " + i).isBetween(1f, 2f);
            } else {
                assertThat(values[i]).as("element " + i).isZero();
            }
        }
    }

    private static double largest(float[] values, int from) {
        double largest = 0;
        for (int i = from; i < from + 27; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    private static CompiledModel load(String text) throws Exception {
        LoadedModel loaded = LoadedModel.of(check(text).models().get(0));
        return loaded.builder().device("cpu").threads(1).build();
    }

    private static CheckResult check(String text) {
        StoredFile file = new StoredFile("sparse.cnn", text.getBytes(StandardCharsets.UTF_8));
        return Compiler.with(Library.EMPTY).check(List.of(file), Map.of());
    }
}
