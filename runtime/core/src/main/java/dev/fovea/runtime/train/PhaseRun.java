package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One phase at work. */
final class PhaseRun implements AutoCloseable {
    private final CompiledModel model;
    private final Phase phase;
    private final LongSupplier nanoTime;
    private final Feed feed;
    private final Tally tally;
    private final LearningRate rate;
    private final TrainingStep step;
    private final Optional<Evaluator> evaluator;
    private final Batches batches;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private long steps;

    /**
     * @param firstEpoch the epochs of the phases before: shuffling goes on, it does not begin again
     */
    PhaseRun(
            CompiledModel model,
            Recipe recipe,
            Phase phase,
            TrainingOptions options,
            DataSet training,
            Optional<DataSet> test,
            int firstEpoch)
            throws FoveaException {
        this.model = model;
        this.phase = phase;
        this.nanoTime = options.nanoTime();
        this.feed = new Feed(model, Targets.used(recipe, phase), training, phase.augmentations());
        this.tally = new Tally(model, phase.metrics(), true);
        int stepsPerEpoch = Math.max(1, Batches.perEpoch(training.size(), phase.batch()));
        this.rate = new LearningRate(phase.schedule(), phase.optimizer().learningRate(), stepsPerEpoch, phase.epochs());
        long seed = options.seed().orElse(phase.seed().orElse(model.options().seed()));
        BatchPlan plan = BatchPlan.training(phase.batch(), seed, feed.pipelines());
        try {
            this.step = new TrainingStep(model, recipe, phase);
            closing.push(step::close);
            this.evaluator =
                    test.isPresent() ? Optional.of(new Evaluator(model, recipe, phase, test.get())) : Optional.empty();
            evaluator.ifPresent(tester -> closing.push(tester::close));
            this.batches = Batches.startAt(training, plan, firstEpoch, 0);
            closing.push(batches::close);
        } catch (FoveaException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Tally tally() {
        return tally;
    }

    EpochReport epoch(Progress progress, TrainingListener listener) throws FoveaException {
        tally.clear();
        progress.startEpoch(nanoTime.getAsLong());
        float learningRate;
        Batch batch;
        do {
            batch = batches.next();
            feed.load(batch, step.objective());
            double loss = step.forward(batch.size());
            if (!Double.isFinite(loss)) {
                throw Divergence.diagnose(model, feed, batch.size(), loss, place(progress), rate.at(steps));
            }
            tally.add(loss, feed, batch.size());
            learningRate = rate.at(steps++);
            step.backward(learningRate);
            progress.stepDone(nanoTime.getAsLong());
            listener.step(progress);
        } while (!batch.isLast());
        double seconds = progress.epochSeconds();
        Optional<Score> test =
                evaluator.isPresent() ? Optional.of(evaluator.get().score()) : Optional.empty();
        rate.epochDone(test.map(Score::loss).filter(loss -> !Double.isNaN(loss)).orElse(tally.loss()));
        return new EpochReport(
                phase.name(), progress.epoch(), phase.epochs(), learningRate, tally.score(), test, seconds);
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private String place(Progress progress) {
        return (phase.name().isEmpty() ? "" : "phase `" + phase.name() + "`, ") + "epoch " + progress.epoch()
                + ", step " + (progress.step() + 1) + " of " + progress.phase().steps();
    }
}
