package dev.fovea.compiler.resolve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What declarations name, and which of them lead back to themselves: the components of Tarjan (1972). */
final class Recursion {
    private final Map<Symbol, Set<Symbol>> references = new LinkedHashMap<>();
    private final Map<Symbol, Integer> index = new HashMap<>();
    private final Map<Symbol, Integer> lowest = new HashMap<>();
    private final Deque<Symbol> open = new ArrayDeque<>();
    private final Set<Symbol> isOpen = new LinkedHashSet<>();
    private final List<List<Symbol>> cycles = new ArrayList<>();
    private final Set<Symbol> recursive = new LinkedHashSet<>();

    /** Notes that one declaration names another. */
    void add(Symbol from, Symbol to) {
        references.computeIfAbsent(from, symbol -> new LinkedHashSet<>()).add(to);
    }

    /** One way round for each group of declarations that lead to one another, its beginning repeated at the end. */
    List<List<Symbol>> cycles() {
        for (Symbol symbol : references.keySet()) {
            if (!index.containsKey(symbol)) {
                visit(symbol);
            }
        }
        return List.copyOf(cycles);
    }

    /** All declarations that lead back to themselves; known after {@link #cycles}. */
    Set<Symbol> recursive() {
        return Set.copyOf(recursive);
    }

    private void visit(Symbol symbol) {
        int number = index.size();
        index.put(symbol, number);
        lowest.put(symbol, number);
        open.push(symbol);
        isOpen.add(symbol);
        for (Symbol next : successors(symbol)) {
            if (!index.containsKey(next)) {
                visit(next);
                lowest.merge(symbol, lowest.getOrDefault(next, number), Math::min);
            } else if (isOpen.contains(next)) {
                lowest.merge(symbol, index.getOrDefault(next, number), Math::min);
            }
        }
        if (lowest.getOrDefault(symbol, number) == number) {
            close(symbol);
        }
    }

    private void close(Symbol root) {
        Set<Symbol> component = new LinkedHashSet<>();
        Symbol member;
        do {
            member = open.pop();
            isOpen.remove(member);
            component.add(member);
        } while (!member.equals(root));
        if (component.size() > 1 || successors(root).contains(root)) {
            recursive.addAll(component);
            cycles.add(wayRound(root, component));
        }
    }

    /** The shortest way from a symbol back to itself. */
    private List<Symbol> wayRound(Symbol start, Set<Symbol> within) {
        Map<Symbol, Symbol> from = new HashMap<>();
        Deque<Symbol> queue = new ArrayDeque<>(List.of(start));
        while (!from.containsKey(start)) {
            Symbol current = queue.remove();
            for (Symbol next : successors(current)) {
                if (within.contains(next) && from.putIfAbsent(next, current) == null) {
                    queue.add(next);
                }
            }
        }
        List<Symbol> way = new ArrayList<>(List.of(start));
        Symbol current = start;
        do {
            current = from.getOrDefault(current, start);
            way.add(0, current);
        } while (!current.equals(start));
        return way;
    }

    private Set<Symbol> successors(Symbol symbol) {
        return references.getOrDefault(symbol, Set.of());
    }
}
