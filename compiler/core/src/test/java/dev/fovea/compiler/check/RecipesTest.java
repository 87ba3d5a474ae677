package dev.fovea.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.graph.Recipe.LossTerm;
import dev.fovea.compiler.graph.Recipe.Phase;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tie;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Corruption;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Visible;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipesTest {
    private static final String MODEL = """
            model Net(classes: int = 10, hidden: int = 30) {
              input image: [1, 28, 28]
              let code = image -> flatten -> fc1: dense(hidden) -> relu
              let unused_at_inference = code -> probe: dense(classes)
              output(train) aux = code -> aux: dense(classes)
              output logits = code -> fc2: dense(classes)
            }
            """;

    @Test
    void aLossIsASumOfWeightedTerms() {
        Phase phase = phase("""
                train Net {
                  target label: class(classes)
                  loss cross_entropy(logits, label) - 2 * (cross_entropy(aux, label) / 4 + 0.5 * cross_entropy(unused_at_inference, label))
                  optimizer adam(lr=1e-3)
                }
                """);
        assertThat(phase.losses()).extracting(LossTerm::weight).containsExactly(1f, -0.5f, -1f);
        assertThat(phase.optimizer()).isInstanceOf(Adam.class);
        assertThat(phase.schedule()).isInstanceOf(Constant.class);
        assertThat(phase.batch()).isEqualTo(32);
        assertThat(phase.epochs()).isEqualTo(1);
    }

    @Test
    void whatOnlyTrainingNeedsIsMarked() {
        String recipe = """
                train Net {
                  target label: class(classes)
                  loss cross_entropy(logits, label) + cross_entropy(unused_at_inference, label)
                  optimizer sgd(lr=0.1)
                }
                """;
        Graph graph = Checks.clean(MODEL + recipe);
        assertThat(graph.operators().stream().filter(OpNode::trainOnly).map(OpNode::name))
                .containsExactly("probe", "aux");
        assertThat(Costs.of(graph))
                .isEqualTo(
                        new Costs(784 * 30 + 30 + 30 * 10 + 10, 784 * 30 + 30 * 10, 2 * (30 * 10 + 10), 2 * 30 * 10));
        Recipe.LossTerm probe = graph.recipes().get(0).phases().get(0).losses().get(1);
        assertThat(graph.node(probe.prediction()).name()).isEqualTo("probe");
    }

    @Test
    void phasesInheritWhatTheyDoNotSay() {
        Graph graph =
                Checks.clean(MODEL.replace("  let unused_at_inference = code -> probe: dense(classes)\n", "") + """
                train Net {
                  target label: class(classes)
                  loss cross_entropy(logits, label)
                  optimizer sgd(lr=0.1)
                  batch 16
                  clip norm(1.5)
                  seed 7
                  phase head { freeze fc1  epochs 3 }
                  phase all { batch 8  optimizer adam }
                }
                train other: Net {
                  target value: [30]
                  loss mse(code, value)
                  optimizer sgd(lr=0.1)
                  metric accuracy(logits, value2)
                  target value2: class(10)
                }
                """);
        Recipe recipe = graph.recipes().get(0);
        assertThat(recipe.phases()).extracting(Phase::name).containsExactly("head", "all");
        Phase head = recipe.phases().get(0);
        assertThat(head.frozen()).containsExactly("fc1");
        assertThat(head.batch()).isEqualTo(16);
        assertThat(head.epochs()).isEqualTo(3);
        assertThat(head.clipNorm()).isEqualTo(Optional.of(1.5f));
        assertThat(head.seed()).isEqualTo(Optional.of(7L));
        assertThat(recipe.phases().get(1).batch()).isEqualTo(8);
        assertThat(recipe.phases().get(1).optimizer()).isInstanceOf(Adam.class);
        assertThat(graph.recipes()).extracting(Recipe::name).containsExactly("", "other");
    }

    @Test
    void whatARecipeSaysBesideItsOptimizer() {
        Graph graph = Checks.clean("""
                model Net {
                  input image: [1, 28, 28]
                  let code = image -> flatten -> fc1: dense(30) -> relu
                  output logits = code -> fc2: dense(10)
                  output other = code -> fc3: dense(10)
                }
                train Net {
                  target label: class(10)
                  loss cross_entropy(logits, label) + 0.5 * cross_entropy(other, label)
                  optimizer sgd(lr=0.1)
                  metric accuracy(logits, label), accuracy(other, label), f1(logits, label)
                  clip value(0.5)
                  accumulate 2 * 2
                  average ema
                  phase one { stop early(metric="accuracy_other", min_delta=0.01)  checkpoint every(epochs=3) }
                  phase two { keep best(metric="f1")  clip norm(2)  accumulate 1  average ema(decay=0.5)  stop early }
                }
                """);
        Phase one = graph.recipes().get(0).phases().get(0);
        Phase two = graph.recipes().get(0).phases().get(1);
        assertThat(one.regime())
                .isEqualTo(new Regime(
                        Optional.of(0.5f),
                        4,
                        Optional.of(0.999f),
                        Optional.of(new Regime.Stop("accuracy_other", 5, 0.01f)),
                        Optional.empty(),
                        Optional.of(3)));
        assertThat(one.clipNorm()).isEmpty();
        assertThat(one.regime().slots()).isEqualTo(2);
        assertThat(two.regime())
                .isEqualTo(new Regime(
                        Optional.empty(),
                        1,
                        Optional.of(0.5f),
                        Optional.of(new Regime.Stop("loss", 5, 0)),
                        Optional.of("f1"),
                        Optional.empty()));
        assertThat(two.clipNorm()).contains(2f);
    }

    /** Weights of convolutions and dense layers, no biases and no norms; of two entries the last; phases have their own. */
    @Test
    void initNamesTheWeightsItFills() {
        Graph graph = Checks.clean("""
                model Net {
                  input x: [1, 8, 8]
                  output logits = x -> conv1: conv(4, kernel=3, bias=false) -> bn: batchnorm -> relu -> flatten -> fc: dense(3)
                }
                train Net {
                  target label: class(3)
                  init he_normal
                  init constant(0.5) on fc
                  phase first {
                    loss cross_entropy(logits, label)
                    optimizer sgd(lr=0.1)
                  }
                  phase second {
                    init zeros on fc
                    loss cross_entropy(logits, label)
                    optimizer sgd(lr=0.1)
                  }
                }
                """);
        Recipe recipe = graph.recipes().get(0);
        Initializer he = Initializers.REGISTRY.named("he_normal").orElseThrow().create(Map.of());
        assertThat(recipe.fills())
                .containsExactly(
                        new Fill(he, List.of("conv1.weight")),
                        new Fill(Initializer.constant(0.5f), List.of("fc.weight")));
        assertThat(recipe.phases().get(0).fills()).isEmpty();
        assertThat(recipe.phases().get(1).fills()).containsExactly(new Fill(Initializer.ZEROS, List.of("fc.weight")));
    }

    @Test
    void aLayerWisePhaseIsOneForEachLayer() {
        Graph graph = Checks.clean("""
                model Deep {
                  input image: [1, 28, 28]
                  output logits = image -> flatten -> enc1: dense(40) -> sigmoid -> dropout(0.2) -> enc2: dense(30)
                    -> sigmoid -> head: dense(10)
                }
                train Deep {
                  target label: class(10)
                  loss cross_entropy(logits, label)
                  optimizer sgd(lr=0.1)
                  metric accuracy(logits, label)
                  phase pretrain {
                    layerwise denoising_autoencoder(corruption=0.25, noise=salt_and_pepper) on enc1
                    layerwise rbm(cd=2) on enc2
                    epochs 4
                  }
                  phase finetune { epochs 2 }
                }
                """);
        List<Phase> phases = graph.recipes().get(0).phases();
        assertThat(phases).extracting(Phase::name).containsExactly("pretrain.enc1", "pretrain.enc2", "finetune");
        assertThat(phases.get(0).losses()).isEmpty();
        assertThat(phases.get(0).metrics()).isEmpty();
        assertThat(phases.get(2).stage()).isEmpty();
        Recipe.Stage first = phases.get(0).stage().orElseThrow();
        assertThat(first.method())
                .isEqualTo(new DenoisingAutoencoder(0.25f, Corruption.SALT_AND_PEPPER, true, Visible.BERNOULLI));
        assertThat(first.ofInput()).isTrue();
        assertThat(graph.node(first.source()).name()).isEqualTo("image");
        assertThat(first.layer().input()).isEqualTo(Shape.of(784));
        assertThat(first.decoder()).isEqualTo(new Dense(784, true, Initializer.DEFAULT, new Tie("enc1")));
        Recipe.Stage second = phases.get(1).stage().orElseThrow();
        assertThat(second.method()).isEqualTo(new Rbm(2, Visible.BERNOULLI));
        assertThat(second.ofInput()).isFalse();
        assertThat(((OpNode) graph.node(second.source())).op().name()).isEqualTo("dropout");
        assertThat(second.layer().before()).contains(new Sigmoid());
        assertThat(second.layer().activation()).contains(new Sigmoid());
    }

    /** What is said around the phases is for those that have losses and metrics, but for what a layer's error can judge. */
    @Test
    void aLayerWisePhaseTakesOverWhatALayerCanDo() {
        Graph graph = Checks.clean("""
                model Deep {
                  input image: [1, 28, 28]
                  output logits = image -> flatten -> enc1: dense(40) -> sigmoid -> enc2: dense(30) -> sigmoid -> head: dense(10)
                }
                train Deep {
                  target label: class(10)
                  loss cross_entropy(logits, label)
                  optimizer sgd(lr=0.1)
                  metric accuracy(logits, label)
                  accumulate 4
                  average ema
                  keep best(metric="accuracy")
                  stop early(metric="accuracy")
                  checkpoint every(epochs=2)
                  clip value(0.5)
                  phase one { layerwise rbm() on enc1 }
                  phase two { layerwise autoencoder() on enc2  stop early(patience=2) }
                  phase three { epochs 2 }
                }
                """);
        List<Phase> phases = graph.recipes().get(0).phases();
        assertThat(phases.get(0).regime())
                .isEqualTo(new Regime(
                        Optional.of(0.5f), 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2)));
        assertThat(phases.get(1).regime().stop()).contains(new Regime.Stop("loss", 2, 0));
        assertThat(phases.get(2).regime().accumulate()).isEqualTo(4);
        assertThat(phases.get(2).regime().keepBest()).contains("accuracy");
    }

    /** Whatever the window does at the border, the way back comes to the shape of the input. */
    @Test
    void theWayBackThroughAConvolutionHasTheShapeOfItsInput() {
        Graph graph = Checks.clean("""
                @allow(uneven_same)
                model Net {
                  input image: [3, 28, 27]
                  output y = image -> c1: conv(6, kernel=5, stride=2, padding="same") -> relu
                    -> c2: conv(8, kernel=(3, 2), stride=(3, 2), groups=2, dilation=(2, 1)) -> relu
                    -> c3: conv(5, kernel=2, stride=2, round="ceil") -> relu
                }
                train Net {
                  layerwise autoencoder() on c1
                  layerwise autoencoder(tied=false, visible=gaussian) on c2, c3
                  optimizer sgd(lr=0.1)
                }
                """);
        List<Phase> phases = graph.recipes().get(0).phases();
        assertThat(phases).extracting(Phase::name).containsExactly("c1", "c2", "c3");
        for (Phase phase : phases) {
            Recipe.Stage stage = phase.stage().orElseThrow();
            assertThatCode(() -> assertThat(stage.decoder()
                                    .def()
                                    .infer(
                                            stage.decoder(),
                                            List.of(stage.layer().code()),
                                            Findings.NONE))
                            .isEqualTo(stage.layer().input()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theModelsParametersCanBeOverridden() {
        String recipe = "train Net { target label: class(classes) loss cross_entropy(logits, label)"
                + " + cross_entropy(unused_at_inference, label) optimizer sgd(lr=0.1) }";
        CheckResult result = Checks.check("net.cnn", MODEL + recipe, Library.EMPTY, Map.of("classes", "1_00"));
        assertThat(result.diagnostics()).isEmpty();
        Graph graph = result.models().get(0);
        assertThat(graph.node(graph.outputs().get(1).node()).shape().size()).isEqualTo(100);
        assertThat(graph.recipes().get(0).targets().get(0).classes()).isEqualTo(Optional.of(100));

        CheckResult wrong =
                Checks.check("net.cnn", MODEL + recipe, Library.EMPTY, Map.of("hiden", "3", "classes", "x"));
        assertThat(wrong.diagnostics())
                .extracting(one -> one.message())
                .containsExactly("no model has a parameter `hiden`", "`classes` cannot be `x`");
    }

    @Test
    void aTemplateGivenAllItsValuesIsAModel() {
        String template = "model Deep(depths: [int], wide: bool, rate: float) { input x: [1, 8, 8]"
                + " output y = x -> repeat(sum(depths), conv(if wide then 16 else 8, kernel=1)) -> dropout(rate) }";
        CheckResult result = Checks.check(
                "net.cnn", template, Library.EMPTY, Map.of("depths", "[2, 1]", "wide", "true", "rate", "0.25"));
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models().get(0).operators()).hasSize(4);
        assertThat(Checks.check(template).models()).isEmpty();
    }

    private static Phase phase(String recipe) {
        return Checks.clean(MODEL + recipe).recipes().get(0).phases().get(0);
    }
}
