package dev.fovea.cli;

import dev.fovea.runtime.train.Progress;
import dev.fovea.runtime.train.TrainingListener;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/** Notes when the first step of a run is done: what a start takes. */
final class FirstStep implements TrainingListener {
    private boolean done;
    private long moment;

    @Override
    public void step(Progress progress) {
        if (!done) {
            done = true;
            moment = System.nanoTime();
        }
    }

    /** Seconds from the start of Java to the end of the first step; empty where there was none. */
    OptionalDouble seconds() {
        if (!done) {
            return OptionalDouble.empty();
        }
        // The time at which the process began is known to the second only. This is to the millisecond, but takes long
        // to load.
        double upToNow = ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3;
        return OptionalDouble.of(upToNow - (System.nanoTime() - moment) * 1e-9);
    }
}
