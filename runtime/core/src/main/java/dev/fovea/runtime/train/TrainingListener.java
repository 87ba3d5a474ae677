package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/**
 * Looks on while a model is trained. Called on the training thread; what it throws ends the run.
 *
 * <pre>{@code
 * final class Losses implements TrainingListener {
 *   final List<Double> all = new ArrayList<>();
 *
 *   public void step(Progress progress) {
 *     if (progress.step() % 100 == 0) {
 *       System.out.println(progress.place() + ": loss " + progress.loss());
 *     }
 *   }
 *
 *   public void epoch(EpochReport report) {
 *     all.add(report.test().orElse(report.training()).loss());
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #all} puts several in a row: {@link ProgressLine} for people, {@link RunFolder} for files, one's own.
 */
public interface TrainingListener {
    /** Looks away. */
    TrainingListener NONE = new TrainingListener() {};

    /** Before the first step. */
    default void begin(TrainingOutline outline) throws FoveaException {}

    /** After {@link #begin} where the run goes on from a checkpoint: the epochs that lie behind it. */
    default void resumed(List<EpochReport> epochs) throws FoveaException {}

    /** Something went wrong that does not end the run: a sentence for people. */
    default void warning(String message) {}

    /** After each step. The progress is one object, whose figures change: nothing is allocated for it. */
    default void step(Progress progress) throws FoveaException {}

    /**
     * After each epoch, tests included. Until this returns the model has the weights that were judged: the moving averages, where the recipe
     * has them.
     */
    default void epoch(EpochReport report) throws FoveaException {}

    /** After the last epoch of a phase that trains a layer by itself, while the layer's decoder is still there. */
    default void layer(TrainedLayer layer) throws FoveaException {}

    /** After the last epoch. Not called where the run ends with an exception. */
    default void end(TrainingReport report) throws FoveaException {}

    /** Several listeners in order. */
    static TrainingListener all(TrainingListener... listeners) {
        return new ListenerChain(List.of(listeners));
    }
}
