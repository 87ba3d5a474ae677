package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.List;
import java.util.Map;

/** Judges a layer that is trained by itself: by the error of what comes back of samples set aside, which are not spoilt. */
final class LayerJudge implements Judge {
    private final LayerStep step;
    private final Feed feed;
    private final Batches batches;

    LayerJudge(CompiledModel model, Phase phase, LayerStep step, DataSet data) throws FoveaException {
        this.step = step;
        this.feed = new Feed(model, List.of(), data, phase.augmentations());
        int batch = Math.min(model.options().batch(), Math.max(1, data.size()));
        this.batches = Batches.start(
                data, BatchPlan.training(batch, 0, feed.pipelines()).atEvaluation());
    }

    @Override
    public Score score() throws FoveaException {
        double sum = 0;
        long samples = 0;
        Batch batch;
        do {
            batch = batches.next();
            feed.load(batch, step.objective());
            sum += step.error(batch.size()) * batch.size();
            samples += batch.size();
        } while (!batch.isLast());
        return new Score(sum / samples, Map.of(), samples);
    }

    @Override
    public void close() {
        batches.close();
    }
}
