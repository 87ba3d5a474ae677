package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a failed {@code assert} puts in doubt: the names in its condition, the figures they were worked out from, and all
 * that was worked out from either. They are forgotten, so that what follows is checked as far as it does not depend on
 * them. A tensor's shape follows from its layers, but does not put them in doubt: its makers are kept.
 */
final class Doubt {
    private final Map<String, Value> values;

    /** The names in the expression of each {@code let}, and the other way round. */
    private final Map<String, List<String>> ingredients = new HashMap<>();

    private final Map<String, List<String>> products = new HashMap<>();

    private final Set<String> doubtful = new HashSet<>();

    private Doubt(Scope scope, Budget budget) {
        this.values = scope.values();
        for (String name : values.keySet()) {
            Optional<Span> made = scope.origin(name)
                    .filter(origin -> origin.kind() != Origin.Kind.ARGUMENT)
                    .map(Origin::place);
            made.ifPresent(place -> {
                budget.steps(place.end() - place.start());
                List<String> written = WrittenNames.of(place);
                ingredients.put(name, written);
                written.forEach(one ->
                        products.computeIfAbsent(one, key -> new ArrayList<>()).add(name));
            });
        }
    }

    /** Forgets what a condition that does not hold puts in doubt. */
    static void cast(Span condition, Scope scope, Budget budget) {
        budget.steps(condition.end() - condition.start());
        Doubt doubt = new Doubt(scope, budget);
        WrittenNames.of(condition).forEach(doubt::trace);
        doubt.spread();
        doubt.doubtful.forEach(scope::forget);
    }

    /** Goes back to the figures that a name was worked out from. */
    private void trace(String first) {
        Deque<String> causes = new ArrayDeque<>(List.of(first));
        while (!causes.isEmpty()) {
            String name = causes.pop();
            Optional<Value> value = Optional.ofNullable(values.get(name));
            if (value.isPresent() && doubtful.add(name) && !(value.get() instanceof Value.Tensor)) {
                ingredients.getOrDefault(name, List.of()).forEach(causes::push);
            }
        }
    }

    /** Goes on to all that was worked out from a doubtful name. */
    private void spread() {
        Deque<String> touched = new ArrayDeque<>(doubtful);
        while (!touched.isEmpty()) {
            for (String product : products.getOrDefault(touched.pop(), List.of())) {
                if (doubtful.add(product)) {
                    touched.push(product);
                }
            }
        }
    }
}
