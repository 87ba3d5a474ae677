package dev.fovea.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.Checks;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.GraphText;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that name others by their labels: a pooling that is undone, a weight that is used twice. */
class ReferencedLayersTest {
    private static final String NET = """
        block Coder(x) {
          return x -> enc: dense(5) -> tanh -> dec: dense(12, tied_to=enc)
        }

        model Net {
          input image: [2, 6, 8]
          let pooled = image -> first: conv(3, kernel=3, padding=1) -> tanh -> pool1: maxpool(2)
          let undo = max_unpool(pool1)
          output back = pooled -> conv(3, kernel=1) -> undo
            -> conv_transpose(2, kernel=3, padding=1, tied_to=first) -> tanh :: [2, 6, 8]
          output code = back -> maxpool((2, 4)) -> flatten -> Coder -> Coder
        }
        """;

    @Test
    void borrowNoNameAndNoMemory() {
        Graph graph = Checks.clean(NET);
        assertThat(graph.parameters())
                .extracting(GraphParameter::name)
                .containsExactly(
                        "first.weight",
                        "first.bias",
                        "conv1.weight",
                        "conv1.bias",
                        "conv_transpose1.bias",
                        "coder1.enc.weight",
                        "coder1.enc.bias",
                        "coder1.dec.bias",
                        "coder2.enc.weight",
                        "coder2.enc.bias",
                        "coder2.dec.bias");
        assertThat(GraphText.of(graph))
                .contains("coder2.dec = dense(units=12, bias=true, tiedTo=coder2.enc) coder2.tanh1 -> [12]")
                .contains("max_unpool1 = max_unpool(pool=MaxPool[")
                .contains(" conv1, tanh1 -> [3, 6, 8]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gradientsOfBothUsesAddUp(long seed) throws Exception {
        Graph graph = Checks.clean(NET);
        BuildOptions options = new BuildOptions("cpu", 2, 3, seed, true, true);
        try (CompiledModel model = GeneratedGradientTest.build(graph, options)) {
            GeneratedGradientTest.check(graph, model, new Random(seed));
        }
    }

    /** What nothing but an unpooling reads still gets a gradient, which is zero. */
    @Test
    void aPoolingThatIsOnlyNamed() throws Exception {
        Graph graph = Checks.clean("""
            model Net {
              input image: [2, 4, 6]
              let _small = image -> first: conv(3, kernel=1) -> pool1: maxpool(2)
              output y = image -> avgpool(2) -> conv(3, kernel=1) -> max_unpool(pool1)
            }
            """);
        assertThat(graph.operators()).extracting(OpNode::name).doesNotContain("pool1");
        BuildOptions options = new BuildOptions("cpu", 2, 3, 1, true, true);
        try (CompiledModel model = GeneratedGradientTest.build(graph, options)) {
            GeneratedGradientTest.check(graph, model, new Random(1));
        }
    }

    /** The deep auto-encoder of Hinton and Salakhutdinov 2006, unrolled: its weights are those of the stack of RBMs. */
    @Test
    void countsOfTheTiedAutoEncoder() {
        Graph graph = Checks.clean("""
            model Net {
              input image: [784]
              output y = image
                -> enc1: dense(1000) -> sigmoid -> enc2: dense(500) -> sigmoid
                -> enc3: dense(250) -> sigmoid -> enc4: dense(30)
                -> dense(250, tied_to=enc4) -> sigmoid -> dense(500, tied_to=enc3) -> sigmoid
                -> dense(1000, tied_to=enc2) -> sigmoid -> dense(784, tied_to=enc1) -> sigmoid
            }
            """);
        assertThat(Costs.of(graph).parameters()).isEqualTo(1_420_814);
        assertThat(Costs.of(graph).macs()).isEqualTo(2_833_000);
    }

    /** The generator of DCGAN (Radford, Metz and Chintala 2016). */
    @Test
    void countsOfTransposedConvolutions() {
        Graph graph = Checks.clean("""
            block Up(x, channels: int) {
              return x -> conv_transpose(channels, kernel=4, stride=2, padding=1, bias=false) -> batchnorm -> relu
            }
            model Net {
              input noise: [100, 1, 1]
              output y = noise
                -> conv_transpose(512, kernel=4, bias=false) -> batchnorm -> relu  :: [512, 4, 4]
                -> Up(256) -> Up(128) -> Up(64)                                    :: [64, 32, 32]
                -> conv_transpose(3, kernel=4, stride=2, padding=1, bias=false) -> tanh :: [3, 64, 64]
            }
            """);
        assertThat(Costs.of(graph).parameters()).isEqualTo(3_576_704);
        assertThat(Costs.of(graph).macs()).isEqualTo(104_628_224);
    }
}
