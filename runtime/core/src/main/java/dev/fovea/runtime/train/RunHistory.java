package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The epochs behind a run and the time they took, those before it was resumed included. */
final class RunHistory implements Resumable {
    private final Recipe recipe;
    private final LongSupplier nanoTime;
    private final List<EpochReport> epochs = new ArrayList<>();
    private final List<Integer> phases = new ArrayList<>();
    private final long start;
    private double secondsBefore;

    RunHistory(Recipe recipe, LongSupplier nanoTime) {
        this.recipe = recipe;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Only the last epoch keeps its confusion matrix: all of them would fill the memory, and the checkpoints. */
    void add(EpochReport report, int phase) {
        phases.add(phase);
        int last = epochs.size() - 1;
        if (last >= 0) {
            epochs.set(last, epochs.get(last).withoutConfusion());
        }
        epochs.add(report);
    }

    List<EpochReport> epochs() {
        return epochs;
    }

    /** The time of the clock when this process began. */
    long start() {
        return start;
    }

    double seconds() {
        return secondsBefore + (nanoTime.getAsLong() - start) * 1e-9;
    }

    @Override
    public void save(StateWriter state) {
        state.whole("epochs", epochs.size());
        state.number("seconds", seconds());
        for (int i = 0; i < epochs.size(); i++) {
            EpochReport report = epochs.get(i);
            StateWriter epoch = state.within(Integer.toString(i + 1));
            epoch.whole("phase", phases.get(i));
            epoch.whole("best", report.best() ? 1 : 0);
            epoch.number("rate", report.learningRate());
            epoch.number("seconds", report.seconds());
            epoch.number("waiting", report.waiting());
            save(report.training(), epoch.within("training"));
            report.test().ifPresent(score -> save(score, epoch.within("test")));
        }
    }

    @Override
    public void restore(StateReader state) throws InputException {
        int count = state.count("epochs");
        secondsBefore = state.number("seconds");
        int inPhase = 0;
        for (int i = 0; i < count; i++) {
            StateReader epoch = state.within(Integer.toString(i + 1));
            int number = epoch.count("phase");
            if (number >= recipe.phases().size()) {
                throw epoch.broken("phase", Integer.toString(number));
            }
            Phase phase = recipe.phases().get(number);
            inPhase = i > 0 && phases.get(i - 1) == number ? inPhase + 1 : 1;
            phases.add(number);
            StateReader test = epoch.within("test");
            epochs.add(new EpochReport(
                    phase.name(),
                    inPhase,
                    phase.epochs(),
                    (float) epoch.number("rate"),
                    score(phase, epoch.within("training")),
                    test.find("loss").isPresent() ? Optional.of(score(phase, test)) : Optional.empty(),
                    epoch.number("seconds"),
                    epoch.number("waiting"),
                    epoch.count("best") > 0));
        }
    }

    private static void save(Score score, StateWriter state) {
        state.number("loss", score.loss());
        state.whole("samples", score.samples());
        score.metrics().forEach((name, value) -> state.number("metric " + name, value));
        score.confusion().ifPresent(matrix -> ConfusionText.save(matrix, state.within("confusion")));
    }

    private static Score score(Phase phase, StateReader state) throws InputException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String label : phase.metricLabels()) {
            if (state.find("metric " + label).isPresent()) {
                metrics.put(label, state.number("metric " + label));
            }
        }
        StateReader confusion = state.within("confusion");
        return new Score(
                state.number("loss"),
                metrics,
                state.whole("samples"),
                confusion.find("classes").isPresent() ? Optional.of(ConfusionText.read(confusion)) : Optional.empty());
    }
}
