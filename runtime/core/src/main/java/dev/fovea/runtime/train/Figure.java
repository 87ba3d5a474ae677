package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Regime;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.train.Recipe.Phase;
import java.util.List;
import java.util.Optional;

/** A figure by which epochs are judged, the loss or a metric, and the best it has been. */
final class Figure implements Resumable {
    private final String name;
    private final boolean isBetterLarger;
    private final double minDelta;
    private double best;
    private int since;

    /**
     * @param name {@code loss} or that of a metric of the phase
     * @param minDelta by how much a value must be better to count
     * @throws IllegalArgumentException where the phase has no such metric
     */
    Figure(Phase phase, String name, double minDelta) {
        this.name = name;
        this.minDelta = minDelta;
        this.isBetterLarger = !name.equals(Regime.LOSS) && isBetterLarger(phase, name);
        this.best = isBetterLarger ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static boolean isBetterLarger(Phase phase, String name) {
        List<String> labels = phase.metricLabels();
        int index = labels.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("the phase measures no `" + name + "`; it measures loss, " + labels);
        }
        return phase.metrics().get(index).metric().isBetterLarger();
    }

    /**
     * Takes in an epoch: judged by its test, or where there is none, or it has no such figure, by its training.
     *
     * @return whether it is the best so far; NaN never is
     */
    boolean offer(Score training, Optional<Score> test) {
        double value = test.map(this::of).filter(known -> !Double.isNaN(known)).orElseGet(() -> of(training));
        boolean better = isBetterLarger ? value > best + minDelta : value < best - minDelta;
        if (better) {
            best = value;
            since = 0;
        } else {
            since++;
        }
        return better;
    }

    /** The epochs in a row that were not better. */
    int since() {
        return since;
    }

    private double of(Score score) {
        if (name.equals(Regime.LOSS)) {
            return score.loss();
        }
        Double value = score.metrics().get(name);
        return value == null ? Double.NaN : value;
    }

    @Override
    public void save(StateWriter state) {
        state.number("best", best);
        state.whole("since", since);
    }

    @Override
    public void restore(StateReader state) throws InputException {
        best = state.number("best");
        since = state.count("since");
    }
}
