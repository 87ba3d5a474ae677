package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.value.SharedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An application of a {@code share(stage)} under way: the first records its parameters, the others take them in order. */
final class Sharing {
    private final SharedParameters shared;
    private final List<List<Integer>> recorded = new ArrayList<>();
    private int next;

    Sharing(SharedParameters shared) {
        this.shared = shared;
    }

    /** Whether parameters exist already. */
    boolean isRepetition() {
        return shared.settled().isPresent();
    }

    /** The parameters of the next operator; empty when the first application had fewer. */
    Optional<List<Integer>> take() {
        List<List<Integer>> settled = shared.settled().orElse(List.of());
        return next < settled.size() ? Optional.of(settled.get(next++)) : Optional.empty();
    }

    /** Notes the parameters of the next operator of a first application. */
    void record(List<Integer> parameters) {
        recorded.add(parameters);
    }

    /** Ends the application. */
    void finish() {
        if (!isRepetition()) {
            shared.settle(recorded);
        }
    }
}
