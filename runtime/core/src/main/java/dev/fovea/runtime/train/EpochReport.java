package dev.fovea.runtime.train;

import java.util.Optional;

/**
 * One epoch, when it is over.
 *
 * @param phase the phase's name; empty where the recipe has a single phase
 * @param epoch within the phase, from 1
 * @param epochs of the phase
 * @param learningRate of its last step
 * @param training while the parameters moved: the mean over the epoch
 * @param test afterwards, on the samples set aside; empty where there are none
 * @param seconds of training, testing not included
 * @param waiting of these the seconds in which the training waited for data
 * @param best whether the recipe keeps the best weights and these are, so far
 */
public record EpochReport(
        String phase,
        int epoch,
        int epochs,
        float learningRate,
        Score training,
        Optional<Score> test,
        double seconds,
        double waiting,
        boolean best) {
    /** Samples a second, testing not included. */
    public double samplesPerSecond() {
        return training.samples() / seconds;
    }

    /** The share of the time in which the training waited for data: near 0 where the data are no bottleneck. */
    public double waitingShare() {
        return waiting / seconds;
    }

    /** The same without confusion matrices. */
    EpochReport withoutConfusion() {
        return new EpochReport(
                phase,
                epoch,
                epochs,
                learningRate,
                training.withoutConfusion(),
                test.map(Score::withoutConfusion),
                seconds,
                waiting,
                best);
    }
}
