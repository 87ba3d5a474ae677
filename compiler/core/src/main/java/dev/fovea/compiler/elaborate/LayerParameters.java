package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.source.Span;
import dev.fovea.ops.Borrowed;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a model in the making: each has a name of its own, unless it is shared. */
final class LayerParameters {
    private final Faults faults;
    private final List<GraphParameter> all = new ArrayList<>();
    private final Map<String, Owner> owners = new HashMap<>();
    private final Set<Span> clashes = new HashSet<>();

    private record Owner(Span span, CallPath path, int place) {}

    LayerParameters(Faults faults) {
        this.faults = faults;
    }

    List<GraphParameter> all() {
        return all;
    }

    /**
     * The parameters of a layer, as places in {@link #all}.
     *
     * @param borrowed which of them is another layer's
     * @throws BadValue when a shared stage's do not fit, or what is borrowed does not
     */
    List<Integer> add(String layer, List<Parameter> owned, Optional<Borrowed> borrowed, Span at, Context context)
            throws BadValue {
        if (owned.isEmpty()) {
            return List.of();
        }
        Optional<List<Integer>> shared = Optional.empty();
        for (Sharing sharing : context.sharings()) {
            if (sharing.isRepetition()) {
                Optional<List<Integer>> taken = sharing.take();
                shared = shared.isPresent() ? shared : Optional.of(taken.orElse(List.of()));
            }
        }
        List<Integer> places;
        if (shared.isPresent()) {
            places = shared.get();
            requireSame(layer, places, owned);
        } else {
            places = create(layer, owned, borrowed, at, context);
        }
        for (Sharing sharing : context.sharings()) {
            if (!sharing.isRepetition()) {
                sharing.record(places);
            }
        }
        return places;
    }

    private List<Integer> create(
            String layer, List<Parameter> owned, Optional<Borrowed> borrowed, Span at, Context context)
            throws BadValue {
        List<Integer> places = new ArrayList<>();
        for (Parameter parameter : owned) {
            if (borrowed.isPresent() && borrowed.get().parameter().equals(parameter.name())) {
                places.add(borrow(layer, parameter, borrowed.get()));
                continue;
            }
            String name = parameter.name().isEmpty() ? layer : layer + "." + parameter.name();
            Owner before = owners.putIfAbsent(name, new Owner(at, context.path(), all.size()));
            if (before != null) {
                clash(name, before, at, context);
            }
            places.add(all.size());
            all.add(new GraphParameter(name, parameter, false));
        }
        return List.copyOf(places);
    }

    private int borrow(String layer, Parameter wanted, Borrowed borrowed) throws BadValue {
        String name = borrowed.layer() + "." + borrowed.parameter();
        Owner owner = owners.get(name);
        if (owner == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        Shape there = all.get(owner.place()).parameter().shape();
        if (!there.equals(wanted.shape())) {
            throw ShapeFaults.borrowedMismatch(layer, wanted, name, there);
        }
        return owner.place();
    }

    private void requireSame(String layer, List<Integer> places, List<Parameter> owned) throws BadValue {
        boolean same = places.size() == owned.size();
        for (int i = 0; same && i < places.size(); i++) {
            same = all.get(places.get(i))
                    .parameter()
                    .shape()
                    .equals(owned.get(i).shape());
        }
        if (!same) {
            throw ShapeFaults.sharedMismatch(
                    layer, owned, places.stream().map(all::get).toList());
        }
    }

    /** Once for a layer, and once for all layers of a block call. */
    private void clash(String name, Owner before, Span at, Context context) {
        List<CallPath.Call> mine = context.path().calls();
        List<CallPath.Call> other = before.path().calls();
        Span span = at;
        Span first = before.span();
        if (!mine.isEmpty() && !other.isEmpty() && at.equals(first)) {
            span = mine.get(0).span();
            first = other.get(0).span();
        }
        if (clashes.add(span)) {
            faults.report(ShapeFaults.nameClash(name, span, first), context.path());
        }
    }
}
