package dev.fovea.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.compiler.Checks;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Node;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples that every lecture on convolutional networks has, checked and, where they have values, run. */
class LectureTest {
    private static final float[] IMAGE = {
        1, 1, 1, 0, 0, //
        0, 1, 1, 1, 0, //
        0, 0, 1, 1, 1, //
        0, 0, 1, 1, 0, //
        0, 1, 1, 0, 0
    };

    private static final float[] FILTER = {
        1, 0, 1, //
        0, 1, 0, //
        1, 0, 1
    };

    private static Graph net(String input, String stages) {
        return Checks.clean("model Net { input image: " + input + " output y = image -> " + stages + " }");
    }

    private static Shape shape(Graph graph) {
        int node = graph.output("y").orElseThrow().node();
        return graph.nodes().stream()
                .filter(one -> one.id() == node)
                .map(Node::shape)
                .findFirst()
                .orElseThrow();
    }

    private static float[] run(Graph graph, float[] image, float[]... weights) throws ReflectiveOperationException {
        BuildOptions options = new BuildOptions("cpu", 1, 1, 1, false, false);
        try (CompiledModel model = GeneratedGradientTest.build(graph, options)) {
            int next = 0;
            for (ModelParameter parameter : model.weights().all()) {
                model.weights().write(parameter, weights[next++]);
            }
            return model.predict(image);
        }
    }

    @Test
    void aFilterOverAnImage() throws Exception {
        Graph graph = net("[1, 5, 5]", "conv(1, kernel=3, bias=false)");
        assertThat(shape(graph)).isEqualTo(Shape.of(1, 3, 3));
        assertThat(run(graph, IMAGE, FILTER)).containsExactly(4, 3, 4, 2, 4, 3, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({"'[1, 7, 7]', 0, 5", "'[1, 7, 7]', 1, 7"})
    void paddingKeepsTheSize(String input, int padding, int size) {
        assertThat(shape(net(input, "conv(1, kernel=3, padding=" + padding + ")")))
                .isEqualTo(Shape.of(1, size, size));
    }

    @Test
    void tenFiltersOverAPicture() {
        Graph graph = net("[3, 32, 32]", "conv(10, kernel=5, stride=1, padding=2)");
        assertThat(shape(graph)).isEqualTo(Shape.of(10, 32, 32));
        assertThat(Costs.of(graph).parameters()).isEqualTo(760);
        assertThat(shape(net("[3, 32, 32]", "conv(5, kernel=5)"))).isEqualTo(Shape.of(5, 28, 28));
        assertThat(shape(net("[3, 32, 32]", "flatten"))).isEqualTo(Shape.of(3072));
    }

    @Test
    void aDenseLayerIsAConvolutionAsLargeAsItsInput() throws Exception {
        Graph dense = net("[2, 3, 5]", "flatten -> dense(4)");
        Graph conv = net("[2, 3, 5]", "conv(4, kernel=(3, 5)) -> flatten");
        assertThat(shape(dense)).isEqualTo(shape(conv));
        assertThat(Costs.of(dense).parameters()).isEqualTo(Costs.of(conv).parameters());
        assertThat(Costs.of(dense).macs()).isEqualTo(Costs.of(conv).macs());
        Random random = new Random(7);
        float[] image = floats(30, random);
        float[] weight = floats(120, random);
        float[] bias = floats(4, random);
        float[] expected = run(dense, image, weight, bias);
        float[] actual = run(conv, image, weight, bias);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }

    /** A picture of 1000 × 1000 and a million hidden units: connected to all, to 10 × 10 each, or all with the same weights. */
    @Test
    void sharingWeightsSavesTenOrders() {
        List<Diagnostic> full = Checks.check("model Net { input image: [1, 1000, 1000] "
                        + "output y = image -> flatten -> dense(1_000_000, bias=false) }")
                .diagnostics();
        assertThat(full).hasSize(1);
        assertThat(full.get(0).label()).startsWith("[1000000, 1000000] has 1_000_000_000_000 elements");
        // Each unit with a 10 × 10 field of weights of its own.
        Graph local = net("[1, 1000, 1000]", "local(1, kernel=10, padding=(4, 5, 4, 5), bias=false)");
        assertThat(shape(local)).isEqualTo(Shape.of(1, 1000, 1000));
        assertThat(Costs.of(local).parameters()).isEqualTo(100_000_000);
        assertThat(Costs.of(local).macs()).isEqualTo(100_000_000);
        Graph shared = net("[1, 1000, 1000]", "conv(1, kernel=10, padding=(4, 5, 4, 5), bias=false)");
        assertThat(shape(shared)).isEqualTo(Shape.of(1, 1000, 1000));
        assertThat(Costs.of(shared).parameters()).isEqualTo(100);
    }

    private static float[] floats(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
