package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Plateau;
import dev.fovea.runtime.InputException;

/** What {@link Plateau} remembers from epoch to epoch. */
final class PlateauWatch implements Resumable {
    /** For schedules that are not told anything. */
    static final Plateau UNUSED = new Plateau(0.1f, Integer.MAX_VALUE, 0, 0, 0, 0);

    /** A fall by less is none, as in PyTorch. */
    private static final double LEAST_FALL = 1e-8;

    private final Plateau plateau;
    private final double base;
    private double rate;
    private double best = Double.POSITIVE_INFINITY;
    private int bad;
    private int cooling;

    /**
     * @param base the rate before the first fall
     */
    PlateauWatch(Plateau plateau, double base) {
        this.plateau = plateau;
        this.base = base;
        this.rate = base;
    }

    /** The rate relative to the first one. */
    double factor() {
        return base == 0 ? 1 : rate / base;
    }

    @Override
    public void save(StateWriter state) {
        state.number("rate", rate);
        state.number("best", best);
        state.whole("bad", bad);
        state.whole("cooling", cooling);
    }

    @Override
    public void restore(StateReader state) throws InputException {
        rate = state.number("rate");
        best = state.number("best");
        bad = state.count("bad");
        cooling = state.count("cooling");
    }

    void epochDone(double loss) {
        if (loss < best * (1 - (double) plateau.threshold())) {
            best = loss;
            bad = 0;
        } else {
            bad++;
        }
        if (cooling > 0) {
            cooling--;
            bad = 0;
        }
        if (bad > plateau.patience()) {
            double lower = Math.max(rate * plateau.factor(), plateau.least());
            rate = rate - lower > LEAST_FALL ? lower : rate;
            cooling = plateau.cooldown();
            bad = 0;
        }
    }
}
