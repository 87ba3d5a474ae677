package dev.fovea.compiler.check;

import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.graph.Recipe.LossTerm;
import dev.fovea.compiler.graph.Recipe.MetricUse;
import dev.fovea.compiler.graph.Recipe.Phase;
import dev.fovea.compiler.graph.Recipe.Stage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The nodes that recipes read. */
final class RecipeNodes {
    private RecipeNodes() {}

    static Set<Integer> readBy(List<Recipe> recipes) {
        Set<Integer> read = new TreeSet<>();
        for (Recipe recipe : recipes) {
            for (Phase phase : recipe.phases()) {
                phase.losses().forEach(loss -> read.add(loss.prediction()));
                phase.metrics().forEach(metric -> read.add(metric.prediction()));
                phase.stage().ifPresent(stage -> read.add(stage.source()));
            }
        }
        return read;
    }

    /** The recipe with other ids for its nodes. */
    static Recipe moved(Recipe recipe, int[] places) {
        List<Phase> phases =
                recipe.phases().stream().map(phase -> moved(phase, places)).toList();
        return new Recipe(recipe.name(), recipe.targets(), recipe.fills(), phases);
    }

    private static Phase moved(Phase phase, int[] places) {
        return new Phase(
                phase.name(),
                phase.losses().stream().map(loss -> moved(loss, places)).toList(),
                phase.optimizer(),
                phase.schedule(),
                phase.batch(),
                phase.epochs(),
                phase.augmentations(),
                phase.metrics().stream().map(metric -> moved(metric, places)).toList(),
                phase.frozen(),
                phase.clipNorm(),
                phase.seed(),
                phase.regime(),
                phase.stage().map(stage -> moved(stage, places)),
                phase.fills());
    }

    private static LossTerm moved(LossTerm loss, int[] places) {
        int prediction = places[loss.prediction()];
        return new LossTerm(loss.weight(), loss.loss(), prediction, loss.target());
    }

    private static Stage moved(Stage stage, int[] places) {
        return new Stage(stage.method(), stage.layer(), stage.decoder(), places[stage.source()], stage.ofInput());
    }

    private static MetricUse moved(MetricUse metric, int[] places) {
        return new MetricUse(metric.metric(), places[metric.prediction()], metric.target());
    }
}
