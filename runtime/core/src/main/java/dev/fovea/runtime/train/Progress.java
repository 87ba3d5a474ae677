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
    private long skipped;
    private long resumedAt;
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
        return (now - start) * 1e-9 / Math.max(1, done - resumedAt - skipped) * (outline.steps() - done);
    }

    /** Where the run stands, in words: {@code epoch 2, step 17 of 900}. */
    public String place() {
        return place(step);
    }

    /** The time of the listener's clock, in nanoseconds. */
    public long nanoTime() {
        return now;
    }

    /** Begins a phase; what an early end of the one before has left out counts as done. */
    void startPhase(int number, Tally itsTally) {
        long planned = 0;
        for (int i = 0; i < number; i++) {
            planned += (long) outline.phases().get(i).steps()
                    * outline.phases().get(i).epochs();
        }
        skipped += planned - stepsBefore - step;
        stepsBefore = planned;
        step = 0;
        phase = outline.phases().get(number);
        tally = itsTally;
        epoch = 0;
    }

    /** Goes on in the middle; to be called between {@link #startPhase} and {@link #startEpoch}. */
    void resume(Position position) {
        epoch = position.epoch();
        stepsBefore += (long) phase.steps() * epoch;
        resumedAt = stepsBefore + position.step();
        skipped = 0;
    }

    /**
     * @param stepsMade those of the epoch that were made before the run was resumed
     */
    void startEpoch(long time, int stepsMade) {
        stepsBefore += step;
        epoch++;
        step = stepsMade;
        epochStart = time;
        now = time;
    }

    void stepDone(long time) {
        step++;
        now = time;
    }

    String place(int atStep) {
        return (phase.name().isEmpty() ? "" : "phase `" + phase.name() + "`, ") + "epoch " + epoch + ", step " + atStep
                + " of " + phase.steps();
    }

    double epochSeconds() {
        return Math.max(1, now - epochStart) * 1e-9;
    }
}
