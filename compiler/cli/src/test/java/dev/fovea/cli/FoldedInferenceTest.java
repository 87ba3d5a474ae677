package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model built for inference does batch normalisation and sums with the convolution before them; one built for training does each
 * layer by itself, when it infers too. They give the same but for rounding, also after the weights have changed.
 */
class FoldedInferenceTest {
    private static final int BATCH = 3;
    /** Of the largest output: a rounding more a weight, one less an output, over some tens of layers. */
    private static final double BOUND = 2e-5;

    @ParameterizedTest
    @ValueSource(strings = {"ResNet", "Mobile", "DenseNet", "Next", "Generator", "Squeeze", "SmallUNet", "Autoencoder"})
    void infersAsTheUnfoldedModelDoes(String name) throws Exception {
        LoadedModel loaded = loaded(name);
        try (CompiledModel unfolded = loaded.builder()
                        .device("cpu")
                        .threads(2)
                        .batch(BATCH)
                        .seed(3)
                        .build();
                CompiledModel folded = loaded.builder()
                        .device("cpu")
                        .threads(2)
                        .batch(BATCH)
                        .inference()
                        .build()) {
            for (int round = 0; round < 2; round++) {
                spread(unfolded, round);
                copy(unfolded, folded);
                compare(infer(folded), infer(unfolded));
            }
        }
    }

    /** Else this test would compare two that do the same. */
    @Test
    void thereIsSomethingToFold() throws Exception {
        LoadedModel loaded = loaded("ResNet");
        try (CompiledModel unfolded =
                        loaded.builder().device("cpu").batch(BATCH).build();
                CompiledModel folded =
                        loaded.builder().device("cpu").batch(BATCH).inference().build()) {
            spread(unfolded, 0);
            copy(unfolded, folded);
            assertThat(infer(folded)).isNotEqualTo(infer(unfolded));
        }
    }

    /** Statistics and factors as training might leave them, far from 0 and 1. */
    private static void spread(CompiledModel model, int round) throws FoveaException {
        for (ModelParameter parameter : model.weights().all()) {
            float[] values = model.weights().read(parameter);
            boolean variance = parameter.name().endsWith("running_var");
            boolean vector = parameter.parameter().shape().rank() == 1;
            if (variance || vector) {
                RandomStream.named(17, parameter.name())
                        .child(round)
                        .fillUniform(values, 0, values.length, 0, variance ? 0.3f : -1, 2);
                model.weights().write(parameter, values);
            }
        }
    }

    private static void copy(CompiledModel from, CompiledModel to) {
        for (ModelParameter parameter : from.weights().all()) {
            to.weights().write(parameter, from.weights().read(parameter));
        }
    }

    private static float[] infer(CompiledModel model) {
        for (Port input : model.spec().inputs()) {
            float[] values = new float[Math.toIntExact(BATCH * input.shape().size())];
            RandomStream.named(1, input.name()).fillUniform(values, 0, values.length, 0, -1, 1);
            model.write(input, values, BATCH);
        }
        model.forward(BATCH, false);
        Port output = model.spec().mainOutput();
        float[] values = new float[Math.toIntExact(BATCH * output.shape().size())];
        model.read(output, values, BATCH);
        return values;
    }

    private static void compare(float[] actual, float[] expected) {
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(largest).isPositive().isFinite();
        assertThat(worst).as("of %s", largest).isLessThanOrEqualTo(BOUND * largest);
    }

    private static LoadedModel loaded(String name) throws FoveaException, IOException {
        StoredFile file = new StoredFile(
                "networks.cnn",
                GoldenFile.of(FoldedInferenceTest.class, "parity/networks.cnn")
                        .text()
                        .getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(SourceRoots.onClassPath(Main.class.getClassLoader()))
                .check(List.of(file), Map.of());
        Graph graph = result.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
        return LoadedModel.of(graph);
    }
}
