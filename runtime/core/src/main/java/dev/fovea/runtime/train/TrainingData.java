package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.LabelledSubset;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.List;

/** What each phase learns from: all samples, or, where it looks at targets and few have them, those few. */
final class TrainingData {
    private final Recipe recipe;
    private final DataSet all;
    private final DataSet labelled;

    /**
     * @throws FoveaException where fewer samples are to have labels than there are classes, or more than there are samples
     */
    TrainingData(CompiledModel model, Recipe recipe, TrainingOptions options, DataSet all) throws FoveaException {
        this.recipe = recipe;
        this.all = all;
        long seed = options.seed()
                .orElse(recipe.phases().get(0).seed().orElse(model.options().seed()));
        this.labelled = options.labels().isPresent()
                ? LabelledSubset.of(all, options.labels().getAsInt(), seed)
                : all;
    }

    /** What a sample has. */
    List<Field> fields() {
        return all.fields();
    }

    /** What a phase learns from. */
    DataSet of(Phase phase) {
        return Targets.used(recipe, phase).isEmpty() ? all : labelled;
    }
}
