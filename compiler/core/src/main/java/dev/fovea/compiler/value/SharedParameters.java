package dev.fovea.compiler.value;

import java.util.List;
import java.util.Optional;

/**
 * The parameters of a {@code share(stage)}: settled by its first application, read by the others. The one thing here that
 * changes; each evaluation of {@code share} has its own.
 */
public final class SharedParameters {
    private Optional<List<List<Integer>>> settled = Optional.empty();

    /**
     * The parameters of each operator in the order in which the first application applied them, as places in the graph's
     * parameters; empty before.
     */
    public Optional<List<List<Integer>>> settled() {
        return settled;
    }

    /** Ends the first application. */
    public void settle(List<List<Integer>> parameters) {
        settled = Optional.of(List.copyOf(parameters));
    }
}
