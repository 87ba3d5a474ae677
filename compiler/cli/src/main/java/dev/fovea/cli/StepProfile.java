package dev.fovea.cli;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Where the time of a step goes.
 *
 * @param steps how many were looked at
 * @param seconds of a step, its pieces being timed
 * @param works all pieces of work, in the order in which they are done first
 */
record StepProfile(int steps, double seconds, Map<StepWork, StepCost> works) {
    StepProfile {
        works = Collections.unmodifiableMap(new LinkedHashMap<>(works));
    }

    /** By kind of kernel, the longest first. */
    List<Entry<String, StepCost>> families() {
        Map<String, StepCost> families = new LinkedHashMap<>();
        works.forEach((work, cost) -> families.merge(work.kernel(), cost, StepCost::plus));
        return longestFirst(families);
    }

    /** Piece by piece, the longest first. */
    List<Entry<StepWork, StepCost>> longest() {
        return longestFirst(works);
    }

    /** Seconds of a step in which no kernel runs: calls, the mean of the losses, zeros for gradients that nothing writes. */
    double between() {
        return seconds - works.values().stream().mapToDouble(StepCost::seconds).sum();
    }

    /** A time's share in the step. */
    double share(double part) {
        return seconds == 0 ? 0 : part / seconds;
    }

    private static <K> List<Entry<K, StepCost>> longestFirst(Map<K, StepCost> costs) {
        return costs.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                                (Entry<K, StepCost> entry) -> entry.getValue().seconds())
                        .reversed())
                .toList();
    }
}
