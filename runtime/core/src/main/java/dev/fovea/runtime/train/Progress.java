package dev.fovea.runtime.train;

import dev.fovea.runtime.train.TrainingOutline.PhaseOutline;
import java.util.List;

/** Where a run stands: figures that change from step to step. Read it while it is handed to a listener; it is not kept up for later. */
public final class Progress {
    private final TrainingOutline outline;
    private final long start;
    private PhaseOutline phase;
    private Tally tally;
    private int epoch;
    private int step;
    private long stepsBefore;
    private long now;
    private long epochStart;

    Progress(TrainingOutline outline, Tally tally, long start) {
        this.outline = outline;
        this.phase = outline.phases().get(0);
        this.tally = tally;
        this.start = start;
        this.now = start;
    }

    /** The phase, with its numbers of epochs and of steps in an epoch. */
    public PhaseOutline phase() {
        return phase;
    }

    /** The epoch of the phase, from 1. */
    public int epoch() {
        return epoch;
    }

    /** The steps made in this epoch, at least 1. */
    public int step() {
        return step;
    }

    /** The mean loss of this epoch so far. */
    public double loss() {
        return tally.loss();
    }

    /** The metrics' names, in order. */
    public List<String> metrics() {
        return phase.metrics();
    }

    /** A metric's mean in this epoch so far. */
    public double metric(int index) {
        return tally.metric(index);
    }

    /** Samples a second in this epoch so far. */
    public double samplesPerSecond() {
        return tally.samples() * 1e9 / Math.max(1, now - epochStart);
    }

    /** An estimate of the seconds until the end of the run, from what all steps so far took, tests included. */
    public double secondsLeft() {
        long done = stepsBefore + step;
        return (now - start) * 1e-9 / done * (outline.steps() - done);
    }

    /** The time of the listener's clock, in nanoseconds. */
    public long nanoTime() {
        return now;
    }

    void startPhase(PhaseOutline started, Tally itsTally) {
        phase = started;
        tally = itsTally;
        epoch = 0;
    }

    void startEpoch(long time) {
        stepsBefore += step;
        epoch++;
        step = 0;
        epochStart = time;
        now = time;
    }

    void stepDone(long time) {
        step++;
        now = time;
    }

    double epochSeconds() {
        return Math.max(1, now - epochStart) * 1e-9;
    }
}
