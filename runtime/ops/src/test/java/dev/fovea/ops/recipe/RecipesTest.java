package dev.fovea.ops.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipesTest {
    private static final Shape IMAGE = Shape.of(3, 224, 160);

    @Test
    void namesOfTheLanguage() {
        assertThat(Recipes.OPTIMIZERS.names())
                .containsExactly("adadelta", "adagrad", "adam", "adamw", "rmsprop", "sgd");
        assertThat(Recipes.SCHEDULES.names())
                .containsExactly(
                        "constant",
                        "cosine",
                        "exponential",
                        "multi_step",
                        "one_cycle",
                        "plateau",
                        "polynomial",
                        "step");
        assertThat(Recipes.METRICS.names())
                .containsExactly("accuracy", "f1", "mean_absolute_error", "precision", "recall", "top_k");
        assertThat(Recipes.LAYERWISE.names())
                .containsExactly("autoencoder", "denoising_autoencoder", "rbm", "sparse_autoencoder");
        assertThat(Recipes.AUGMENTATIONS.names())
                .containsExactly(
                        "affine",
                        "center_crop",
                        "color_jitter",
                        "cutout",
                        "flip_horizontal",
                        "flip_vertical",
                        "mixup",
                        "normalize",
                        "pca_color",
                        "random_crop",
                        "random_resized_crop",
                        "resize",
                        "rotate",
                        "shift");
        assertThat(Initializers.REGISTRY.names())
                .contains("he_normal", "he_uniform", "xavier_normal", "xavier_uniform", "lecun_normal");
        assertThat(Initializers.REGISTRY.named("he")).isEmpty();
    }

    @Test
    void defaultsArePyTorchs() {
        assertThat(Adam.DEF.create(Map.of())).isEqualTo(new Adam(1e-3f, 0.9f, 0.999f, 1e-8f, 0));
        assertThat(AdamW.DEF.create(Map.of())).isEqualTo(new AdamW(1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f));
        assertThat(Adagrad.DEF.create(Map.of())).isEqualTo(new Adagrad(1e-2f, 0, 0, 0, 1e-10f));
        assertThat(Adadelta.DEF.create(Map.of())).isEqualTo(new Adadelta(1, 0.9f, 1e-6f, 0));
        assertThat(RmsProp.DEF.create(Map.of())).isEqualTo(new RmsProp(1e-2f, 0.99f, 1e-8f, 0, 0, false));
        assertThat(Plateau.DEF.create(Map.of())).isEqualTo(new Plateau(0.1f, 10, 1e-4f, 0, 0, 0));
        assertThat(OneCycle.DEF.create(Map.of())).isEqualTo(new OneCycle(0.3f, 25, 1e4f, 0));
        assertThat(Sgd.DEF.create(Map.of("lr", 0.05f, "momentum", 0.9f))).isEqualTo(new Sgd(0.05f, 0.9f, false, 0));
        assertThat(Step.DEF.create(Map.of("every_epochs", 8))).isEqualTo(new Step(8, 0.1f, 0));
        assertThat(TopK.DEF.create(Map.of()).label()).isEqualTo("top5");
        assertThatThrownBy(() -> Sgd.DEF.create(Map.of())).hasMessage("sgd needs lr");
    }

    @Test
    void slots() {
        assertThat(new Sgd(0.1f, 0, false, 0).slots()).isZero();
        assertThat(new Sgd(0.1f, 0.9f, false, 0).slots()).isEqualTo(1);
        assertThat(new Adam(0.1f, 0.9f, 0.9f, 1e-8f, 0).slots()).isEqualTo(2);
        assertThat(new RmsProp(0.1f, 0.9f, 1e-8f, 0, 0.9f, true).slots()).isEqualTo(3);
    }

    @Test
    void initialisers() {
        assertThat(initializer("he_normal", Map.of()).kind()).isEqualTo(Initializer.Kind.FAN_IN_NORMAL);
        assertThat(initializer("he_normal", Map.of("mode", "fan_out")).kind())
                .isEqualTo(Initializer.Kind.FAN_OUT_NORMAL);
        assertThat(initializer("he_uniform", Map.of()))
                .isEqualTo(new Initializer(Initializer.Kind.FAN_IN_UNIFORM, (float) Math.sqrt(2), 0));
        assertThat(initializer("normal", Map.of("mean", 0f, "std", 0.01f)))
                .isEqualTo(new Initializer(Initializer.Kind.NORMAL, 0, 0.01f));
        assertThat(initializer("constant", Map.of("value", 0.1f))).isEqualTo(Initializer.constant(0.1f));
    }

    private static Initializer initializer(String name, Map<String, Object> given) {
        Def<? extends Initializer> def = Initializers.REGISTRY.named(name).orElseThrow();
        return def.create(given);
    }

    @Test
    void augmentationsThatSuit() throws Misfit {
        new RandomCrop(new Pair(224, 160), 4).check(IMAGE);
        new Normalize(List.of(0.5f, 0.4f, 0.3f), List.of(0.2f)).check(IMAGE);
        new Shift(2).check(IMAGE);
        new FlipHorizontal(0.5f).check(IMAGE);
    }

    @Test
    void augmentationsThatDoNot() {
        refuses(new RandomCrop(Pair.square(224), 4), IMAGE, "CNN0314", "a part of 224 for an input [3, 224, 160]");
        refuses(
                new Normalize(List.of(0.5f, 0.4f), List.of(0.2f)),
                IMAGE,
                "CNN0314",
                "mean has 2 numbers, the input [3, 224, 160] has 3 channels");
        refuses(new Shift(160), IMAGE, "CNN0314", "a shift by 160 pixels empties [3, 224, 160]");
        refuses(
                new FlipHorizontal(0.5f),
                Shape.of(784),
                "CNN0310",
                "the input is [784], of rank 1, not [channels, height, width]");
    }

    @Test
    void sizesOfResize() {
        assertThat(Resize.DEF.signature().attribute("size").orElseThrow().type().convert(256L))
                .contains(List.of(256));
        assertThat(Resize.DEF.signature().attribute("size").orElseThrow().type().convert(List.of(20L, 30L)))
                .contains(List.of(20, 30));
        assertThat(Resize.DEF.signature().attribute("size").orElseThrow().type().convert(List.of(20L)))
                .isEmpty();
        refuses(new PcaColor(0.1f), Shape.of(1, 4, 4), "CNN0314", "1 channels in [1, 4, 4]");
        refuses(new Affine(0, List.of(0f), 2, 1, 0), IMAGE, "CNN0314", "scales from 2.0 to 1.0");
        refuses(new Affine(0, List.of(0f), 1, 1, 90), IMAGE, "CNN0314", "a shear of 90.0 degrees");
    }

    /** One share for both axes or a pair, height first as everywhere in the language. */
    @Test
    void movesOfAffine() {
        AttributeType type =
                Affine.DEF.signature().attribute("translate").orElseThrow().type();
        assertThat(type.convert(0.25)).contains(List.of(0.25f));
        assertThat(type.convert(List.of(0.25, 1L))).contains(List.of(0.25f, 1f));
        assertThat(type.convert(List.of(0.25))).isEmpty();
        assertThat(type.convert(List.of(0.1, 0.2, 0.3))).isEmpty();
        Affine pair = Affine.DEF.create(Map.of("translate", List.of(0.25f, 1f)));
        assertThat(pair.down()).isEqualTo(0.25f);
        assertThat(pair.right()).isEqualTo(1);
        Affine one = Affine.DEF.create(Map.of("translate", List.of(0.5f)));
        assertThat(one.down()).isEqualTo(one.right()).isEqualTo(0.5f);
    }

    private static void refuses(Augmentation augmentation, Shape input, String code, String label) {
        assertThatThrownBy(() -> augmentation.check(input)).isInstanceOfSatisfying(Misfit.class, misfit -> {
            assertThat(misfit.code()).isEqualTo(code);
            assertThat(misfit.label()).isEqualTo(label);
            assertThat(misfit.help()).isNotEmpty();
        });
    }
}
