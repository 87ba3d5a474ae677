package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
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
final class PhaseRun implements Resumable, AutoCloseable {
    private final CompiledModel model;
    private final Phase phase;
    private final LongSupplier nanoTime;
    private final Feed feed;
    private final Tally tally;
    private final LearningRate rate;
    private final PhaseStep step;
    private final Optional<WeightAverage> average;
    private final Optional<BestWeights> best;
    private final Optional<Figure> stopping;
    private final Optional<Judge> judge;
    private final Batches batches;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final int number;
    private final int stepsPerEpoch;
    private int epoch;
    private int stepsMade;
    private long nanosMade;
    private long waited;

    /**
     * @param start where in the phase to begin
     * @param firstEpoch the epochs of the phases before: shuffling goes on, it does not begin again
     */
    PhaseRun(
            CompiledModel model,
            Recipe recipe,
            TrainingOptions options,
            DataSet training,
            Optional<DataSet> test,
            Position start,
            int firstEpoch)
            throws FoveaException {
        this.model = model;
        this.phase = recipe.phases().get(start.phase());
        this.number = start.phase();
        this.epoch = start.epoch();
        this.stepsMade = start.step();
        this.nanoTime = options.nanoTime();
        this.feed = new Feed(model, Targets.used(recipe, phase), training, phase.augmentations());
        this.stepsPerEpoch = Math.max(1, Batches.perEpoch(training.size(), phase.batch()));
        this.rate = new LearningRate(phase.schedule(), phase.optimizer().learningRate(), stepsPerEpoch, phase.epochs());
        long seed = options.seed().orElse(phase.seed().orElse(model.options().seed()));
        BatchPlan whole = BatchPlan.training(phase.batch(), seed, feed.pipelines());
        BatchPlan plan = feed.mixing().map(whole::with).orElse(whole);
        try {
            this.step = PhaseStep.of(model, recipe, phase);
            closing.push(step::close);
            // Of mixed samples both targets count, by their shares: a device counts one.
            Optional<Objective> counts = feed.mixing().isPresent() ? Optional.empty() : Optional.of(step.objective());
            this.tally = new Tally(model, phase.metrics(), true, feed.classes(), counts);
            closing.push(tally::close);
            this.average = phase.regime().average().map(decay -> new WeightAverage(model, step.ranges(), decay));
            average.ifPresent(weights -> closing.push(weights::close));
            this.best = phase.regime().keepBest().map(name -> new BestWeights(model, new Figure(phase, name, 0)));
            this.stopping = phase.regime().stop().map(rule -> new Figure(phase, rule.metric(), rule.minDelta()));
            this.judge =
                    test.isPresent() ? Optional.of(Judge.of(model, recipe, phase, step, test.get())) : Optional.empty();
            judge.ifPresent(tester -> closing.push(tester::close));
            // Last: it is the one block that can be done without where memory lacks.
            model.kernels().writeAhead(feed.floats());
            closing.push(() -> model.kernels().writeAhead(0));
            boolean atEnd = stepsMade >= stepsPerEpoch;
            this.batches = Batches.startAt(training, plan, firstEpoch + epoch + (atEnd ? 1 : 0), atEnd ? 0 : stepsMade);
            closing.push(batches::close);
        } catch (FoveaException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Tally tally() {
        return tally;
    }

    /** The layer that the phase trains by itself. */
    Optional<TrainedLayer> layer() {
        return step.layer();
    }

    /** Where the run stands after the step just made. */
    Position position(Progress progress) {
        nanosMade = (long) (progress.epochSeconds() * 1e9);
        return new Position(number, epoch, progress.step());
    }

    /**
     * Runs the epoch that is next, or what is left of it. When it returns the model has the weights that were judged, the averages where
     * the recipe has them: {@link #next} gives it those to go on with.
     */
    EpochReport epoch(Progress progress, TrainingListener listener, Checkpoints checkpoints) throws FoveaException {
        if (stepsMade == 0) {
            tally.clear();
        }
        progress.startEpoch(nanoTime.getAsLong() - nanosMade, stepsMade);
        while (progress.step() < stepsPerEpoch) {
            step(batch(progress, checkpoints), progress);
            listener.step(progress);
            checkpoints.afterStep(this, progress, progress.nanoTime());
        }
        double seconds = progress.epochSeconds();
        average.ifPresent(WeightAverage::swap);
        Optional<Score> test =
                judge.isPresent() ? Optional.of(score(judge.get(), progress, checkpoints)) : Optional.empty();
        float lastRate = rate.at((long) stepsPerEpoch * (epoch + 1) - 1);
        rate.epochDone(test.map(Score::loss).filter(loss -> !Double.isNaN(loss)).orElse(tally.loss()));
        Score training = tally.score();
        boolean isBest = best.isPresent() && best.get().offer(training, test);
        stopping.ifPresent(figure -> figure.offer(training, test));
        epoch++;
        stepsMade = 0;
        nanosMade = 0;
        double waiting = Math.min(seconds, waited * 1e-9);
        waited = 0;
        return new EpochReport(
                phase.name(), progress.epoch(), phase.epochs(), lastRate, training, test, seconds, waiting, isBest);
    }

    /** Waits for the next batch. Where the data fail the steps made until now are kept: a disk may come back, a picture be put right. */
    private Batch batch(Progress progress, Checkpoints checkpoints) throws FoveaException {
        long asked = nanoTime.getAsLong();
        try {
            return batches.next();
        } catch (FoveaException | RuntimeException e) {
            checkpoints.beforeEnd(this, progress);
            throw e;
        } finally {
            waited += nanoTime.getAsLong() - asked;
        }
    }

    /** Likewise where the data of the test fail, at the end of an epoch whose steps are all made. */
    private Score score(Judge tester, Progress progress, Checkpoints checkpoints) throws FoveaException {
        try {
            return tester.score();
        } catch (FoveaException | RuntimeException e) {
            average.ifPresent(WeightAverage::swap); // back to the weights to go on with
            checkpoints.beforeEnd(this, progress);
            throw e;
        }
    }

    private void step(Batch batch, Progress progress) throws FoveaException {
        feed.load(batch, step.objective());
        float learningRate = rate.at((long) stepsPerEpoch * epoch + progress.step());
        double loss = step.forward(batch.size());
        if (!Double.isFinite(loss)) {
            throw Divergence.diagnose(
                    model, feed, batch.size(), loss, progress.place(progress.step() + 1), learningRate);
        }
        tally.add(loss, feed, batch.size());
        boolean isLast = progress.step() + 1 >= stepsPerEpoch;
        if (step.backward(learningRate, isLast) && average.isPresent()) {
            average.get().update();
        }
        progress.stepDone(nanoTime.getAsLong());
    }

    /**
     * The first position behind the epochs made: within the phase, or where it has come to its end, or to an early one, behind it. Gives
     * the model the weights to go on with, at the end those the phase ends with.
     */
    Position next() {
        boolean isOver = epoch >= phase.epochs() || isStopping();
        if (isOver) {
            best.ifPresent(BestWeights::putBack);
            return new Position(number + 1, 0, 0);
        }
        average.ifPresent(WeightAverage::swap);
        return new Position(number, epoch, 0);
    }

    private boolean isStopping() {
        return stopping.isPresent()
                && stopping.get().since() >= phase.regime().stop().orElseThrow().patience();
    }

    @Override
    public void save(StateWriter state) {
        state.whole("nanoseconds", nanosMade);
        state.whole("waited", waited);
        step.save(state.within("optimizer"));
        rate.save(state.within("schedule"));
        tally.save(state.within("sums"));
        average.ifPresent(part -> part.save(state.within("average")));
        best.ifPresent(part -> part.save(state.within("best")));
        stopping.ifPresent(part -> part.save(state.within("stopping")));
    }

    @Override
    public void restore(StateReader state) throws InputException {
        nanosMade = state.whole("nanoseconds");
        waited = state.whole("waited");
        step.restore(state.within("optimizer"));
        rate.restore(state.within("schedule"));
        tally.restore(state.within("sums"));
        if (average.isPresent()) {
            average.get().restore(state.within("average"));
        }
        if (best.isPresent()) {
            best.get().restore(state.within("best"));
        }
        if (stopping.isPresent()) {
            stopping.get().restore(state.within("stopping"));
        }
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
