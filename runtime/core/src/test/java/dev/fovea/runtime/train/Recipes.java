package dev.fovea.runtime.train;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.F1;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.ops.recipe.TopK;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.MetricUse;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recipes and data for {@link TinyModel}. */
final class Recipes {
    static final Target LABEL = new Target("label", Shape.of(1), Optional.of(3));
    static final LossTerm LOSS = new LossTerm(1, new CrossEntropy(0), "logits", "label");
    static final LossTerm AUX_LOSS = new LossTerm(0.3f, new CrossEntropy(0), "aux", "label");
    static final LossTerm COPY_LOSS = new LossTerm(0.5f, new Mse(), "copy", "image");
    static final List<MetricUse> METRICS =
            List.of(new MetricUse(new Accuracy(), "logits", "label"), new MetricUse(new TopK(2), "logits", "label"));
    static final MetricUse F1_USE = new MetricUse(new F1(), "logits", "label");

    private Recipes() {}

    static Recipe recipe(LossTerm... losses) {
        return new Recipe("", List.of(LABEL), List.of(phase("", 0.1f, 4, losses)));
    }

    static Phase phase(String name, float rate, int epochs, LossTerm... losses) {
        return phase(name, rate, epochs, Map.of(), List.of(), Optional.empty(), losses);
    }

    static Phase phase(
            String name,
            float rate,
            int epochs,
            Map<String, List<Augmentation>> augmentations,
            List<String> frozen,
            Optional<Float> clip,
            LossTerm... losses) {
        return new Phase(
                name,
                List.of(losses),
                new Sgd(rate, 0.9f, false, 1e-4f),
                new Constant(0),
                8,
                epochs,
                augmentations,
                METRICS,
                frozen,
                clip,
                Optional.empty());
    }

    static Recipe of(Phase... phases) {
        return new Recipe("", List.of(LABEL), List.of(phases));
    }

    /** Three classes of noisy pictures, each with a bright row of its own. */
    static ArrayDataSet pictures(int count, long seed) {
        float[] images = new float[16 * count];
        float[] labels = new float[count];
        RandomStream random = RandomStream.named(seed, "pictures");
        random.fillUniform(images, 0, images.length, 0, 0, 0.5f);
        for (int i = 0; i < count; i++) {
            int label = random.child(1).below(i, 3);
            labels[i] = label;
            for (int column = 0; column < 4; column++) {
                images[16 * i + 4 * label + column] += 0.5f;
            }
        }
        return new ArrayDataSet(
                List.of(new Field.Values("image", Shape.of(1, 4, 4)), Field.Classes.of("label", 3)),
                List.of(images, labels));
    }
}
