package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;

/**
 * How far a run has come.
 *
 * @param phase from 0; the number of phases where the run is over
 * @param epoch of the phase, from 0
 * @param step the steps made in the epoch; where it is all of them the epoch's test is still to come
 */
record Position(int phase, int epoch, int step) {
    static final Position START = new Position(0, 0, 0);

    /** Whether the phase has begun, so that its optimizer has a state. */
    boolean isWithinPhase() {
        return epoch > 0 || step > 0;
    }

    void save(StateWriter state) {
        state.whole("phase", phase);
        state.whole("epoch", epoch);
        state.whole("step", step);
    }

    static Position restore(StateReader state) throws InputException {
        return new Position(state.count("phase"), state.count("epoch"), state.count("step"));
    }
}
