package dev.fovea.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Notes what each piece of work takes in some steps. What it gives are means over the quicker half of the steps, into which least came
 * from outside: they add up, which medians do not.
 */
final class StepClock {
    private final LongSupplier nanoseconds;
    private final Map<StepWork, Times> works = new LinkedHashMap<>();
    private long[] wholes = {};
    private int step;

    /** What one piece of work took. */
    private static final class Times {
        private final long[] nanoseconds;
        private int runs;
        private double flops;
        private double least;
        private double bytes;

        Times(int steps) {
            nanoseconds = new long[steps];
        }
    }

    /** With a clock such as {@link System#nanoTime}. */
    StepClock(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /** This moment. */
    long now() {
        return nanoseconds.getAsLong();
    }

    /**
     * Notes that work is done.
     *
     * @param since when it began
     * @param flops by the direct algorithm
     * @param least of them that it could not do without
     * @param bytes it could not do without
     */
    void did(StepWork work, long since, double flops, double least, double bytes) {
        long took = now() - since;
        Times times = works.computeIfAbsent(work, any -> new Times(wholes.length));
        times.nanoseconds[step] += took;
        times.runs++;
        times.flops += flops;
        times.least += least;
        times.bytes += bytes;
    }

    /** Forgets all and runs so many steps, at least one, in which work is noted. */
    void run(int steps, Runnable work) {
        works.clear();
        wholes = new long[steps];
        for (step = 0; step < steps; step++) {
            long begin = now();
            work.run();
            wholes[step] = now() - begin;
        }
    }

    /** What was noted. */
    StepProfile profile() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < wholes.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(i -> wholes[i]));
        int[] quicker = order.stream()
                .limit((wholes.length + 1) / 2)
                .mapToInt(Integer::intValue)
                .toArray();
        Map<StepWork, StepCost> costs = new LinkedHashMap<>();
        works.forEach((work, times) -> costs.put(
                work,
                new StepCost(
                        times.runs / wholes.length,
                        mean(times.nanoseconds, quicker),
                        times.flops / wholes.length,
                        times.least / wholes.length,
                        times.bytes / wholes.length)));
        return new StepProfile(wholes.length, mean(wholes, quicker), costs);
    }

    private static double mean(long[] nanoseconds, int[] steps) {
        return Arrays.stream(steps).mapToLong(i -> nanoseconds[i]).sum() * 1e-9 / steps.length;
    }
}
