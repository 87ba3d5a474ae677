package dev.fovea.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels, numbers and scopes: the names under which weights are stored. */
class NamesOfLayersTest {
    private static final String BLOCKS = """
            block Unit(x) { return x -> conv(8, kernel=1) }
            block DenseLayer(x) { return x -> conv1: conv(8, kernel=1) }
            block SEBlock(x, unit: block = Unit) { return x -> unit -> repeat(2, unit) }
            """;

    @Test
    void unlabelledOnesAreCountedPerNameInTheirScope() {
        assertThat(weights("x -> conv(8, kernel=1) -> conv1b: conv(8, kernel=1) -> conv(8, kernel=1)"))
                .containsExactly("conv1.weight", "conv1b.weight", "conv2.weight");
        assertThat(weights("x -> Unit -> DenseLayer -> Unit"))
                .containsExactly("unit1.conv1.weight", "dense_layer1.conv1.weight", "unit2.conv1.weight");
        assertThat(weights("x -> SEBlock"))
                .containsExactly(
                        "se_block1.unit1.conv1.weight", "se_block1.unit2.conv1.weight", "se_block1.unit3.conv1.weight");
    }

    @Test
    void labelsPrefixAllInside() {
        assertThat(weights("x -> body.0: SEBlock"))
                .containsExactly("body.0.unit1.conv1.weight", "body.0.unit2.conv1.weight", "body.0.unit3.conv1.weight");
        assertThat(weights("x -> 0: conv(8, kernel=1) -> features.0.conv: conv(8, kernel=1)"))
                .containsExactly("0.weight", "features.0.conv.weight");
        assertThat(weights("x -> let.conv: conv(8, kernel=1)")).containsExactly("let.conv.weight");
    }

    @Test
    void aLayerThatIsNothingButItsParameterGivesItItsName() {
        String text = "model Net { input x: [8, 4, 4] output y = x -> block.scale: layer_scale -> layer_scale }";
        assertThat(Checks.clean(text).parameters())
                .extracting(GraphParameter::name)
                .containsExactly("block.scale", "layer_scale1");
    }

    @Test
    void aHyphenComesFromAString() {
        assertThat(weights("x -> block1{\"-\"}0.proj: conv(8, kernel=1)")).containsExactly("block1-0.proj.weight");
        assertThat(Checks.lines("model Net { input x: [8, 4, 4] output y = x -> a{-1}: conv(8, kernel=1) }"))
                .singleElement()
                .asString()
                .contains("CNN0265");
    }

    @Test
    void aLabelledRepeatAddsItsIndex() {
        assertThat(weights("x -> layer: repeat(3, conv(8, kernel=1))"))
                .containsExactly("layer.0.weight", "layer.1.weight", "layer.2.weight");
        assertThat(weights("x -> layer1: repeat(2, Unit)"))
                .containsExactly("layer1.0.conv1.weight", "layer1.1.conv1.weight");
        assertThat(weights("x -> head: repeat(2, y => y -> mix: conv(8, kernel=1))"))
                .containsExactly("head.0.mix.weight", "head.1.mix.weight");
        assertThat(weights("x -> a: repeat(2, repeat(2, conv(8, kernel=1)))"))
                .containsExactly("a.0.0.weight", "a.0.1.weight", "a.1.0.weight", "a.1.1.weight");
    }

    @Test
    void anUnlabelledRepeatOpensNoScope() {
        assertThat(weights("x -> conv(8, kernel=1) -> repeat(2, conv(8, kernel=1))"))
                .containsExactly("conv1.weight", "conv2.weight", "conv3.weight");
        assertThat(weights("x -> repeat(2, (y, i) => y -> l{i + 1}: Unit -> {i}.x: conv(8, kernel=1))"))
                .containsExactly("l1.conv1.weight", "0.x.weight", "l2.conv1.weight", "1.x.weight");
        assertThat(weights("x -> repeat(2, y => y -> conv(8, kernel=1))"))
                .containsExactly("conv1.weight", "conv2.weight");
    }

    @Test
    void aStageThatWasNamedTakesTheLabelOfItsApplication() {
        assertThat(weights("x -> a: (conv(8, kernel=1)) -> b: (y => y -> conv(8, kernel=1))"))
                .containsExactly("a.weight", "b.conv1.weight");
        assertThat(weights("x -> c: (conv(8, kernel=1) -> relu -> d: conv(8, kernel=1))"))
                .containsExactly("c.conv1.weight", "c.d.weight");
    }

    @Test
    void sharedStagesKeepTheNamesOfTheirFirstApplication() {
        assertThat(weights("add(x -> left: tower, x -> right: tower)")).containsExactly("left.conv1.weight");
        assertThat(weights("x -> tower -> conv(8, kernel=1) -> tower"))
                .containsExactly("unit1.conv1.weight", "conv1.weight");
        assertThat(weights("x -> repeat(3, tower)")).containsExactly("unit1.conv1.weight");
    }

    @Test
    void eachEvaluationOfShareIsItsOwn() {
        assertThat(weights("x -> repeat(2, y => y -> share(conv(8, kernel=1)))"))
                .containsExactly("conv1.weight", "conv2.weight");
    }

    @Test
    void resNet18HasTheNamesOfTorchvision() throws IOException {
        List<String> expected = new ArrayList<>(List.of("conv1.weight"));
        norm("bn1", expected);
        for (int layer = 1; layer <= 4; layer++) {
            for (int unit = 0; unit < 2; unit++) {
                String prefix = "layer" + layer + "." + unit + ".";
                for (int i = 1; i <= 2; i++) {
                    expected.add(prefix + "conv" + i + ".weight");
                    norm(prefix + "bn" + i, expected);
                }
                if (layer > 1 && unit == 0) {
                    expected.add(prefix + "downsample.0.weight");
                    norm(prefix + "downsample.1", expected);
                }
            }
        }
        expected.addAll(List.of("fc.weight", "fc.bias"));
        try (InputStream in = CheckResult.class.getResourceAsStream("models/resnet18.cnn")) {
            Graph graph = Checks.clean(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(graph.parameters()).extracting(GraphParameter::name).containsExactlyElementsOf(expected);
        }
    }

    private static void norm(String name, List<String> into) {
        for (String parameter : List.of("weight", "bias", "running_mean", "running_var")) {
            into.add(name + "." + parameter);
        }
    }

    private static List<String> weights(String expression) {
        String text = BLOCKS + "model Net { input x: [8, 4, 4] let tower = share(Unit) output y = " + expression + " }";
        Graph graph = Checks.check(text).models().get(0);
        return graph.parameters().stream()
                .map(GraphParameter::name)
                .filter(name -> name.endsWith("weight"))
                .toList();
    }
}
