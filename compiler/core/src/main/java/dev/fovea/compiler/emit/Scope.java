package dev.fovea.compiler.emit;

import dev.fovea.compiler.plan.PlannedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A labelled block of the model and what lies in it, in forward order: becomes a class with a forward and a backward of
 * its own, which keeps methods readable and below the 64 KiB of bytecode that Java allows.
 *
 * @param label the last segment of its name; empty for the model itself
 * @param path its whole dotted name; a part that only cuts a long scope has the path of what it is cut from
 * @param items calls and scopes
 */
record Scope(String label, String path, List<Item> items) {
    /** The most items of one scope; more are cut into parts. */
    static final int LIMIT = 100;

    /** A call or a scope. */
    sealed interface Item {}

    /** A call, with the last segment of its name. */
    record CallItem(PlannedCall call, String label) implements Item {}

    /** A scope within. */
    record ScopeItem(Scope scope) implements Item {}

    Scope {
        items = List.copyOf(items);
    }

    /** The tree of a plan's calls, by the dots in their names; a label met again later opens a scope again. */
    static Scope of(List<PlannedCall> calls) {
        List<String[]> paths =
                calls.stream().map(call -> call.call().name().split("\\.", -1)).toList();
        return cut(new Scope("", "", items(calls, paths, 0, calls.size(), 0)));
    }

    private static List<Item> items(List<PlannedCall> calls, List<String[]> paths, int from, int to, int depth) {
        List<Item> items = new ArrayList<>();
        int i = from;
        while (i < to) {
            String[] path = paths.get(i);
            int end = i + 1;
            if (path.length > depth + 1) {
                while (end < to && sharesLabel(paths.get(end), path, depth)) {
                    end++;
                }
            }
            if (end - i > 1) {
                String whole = String.join(".", Arrays.asList(path).subList(0, depth + 1));
                items.add(new ScopeItem(new Scope(path[depth], whole, items(calls, paths, i, end, depth + 1))));
            } else {
                String label = String.join("_", Arrays.asList(path).subList(depth, path.length));
                items.add(new CallItem(calls.get(i), label));
            }
            i = end;
        }
        return items;
    }

    private static boolean sharesLabel(String[] path, String[] other, int depth) {
        return path.length > depth + 1 && path[depth].equals(other[depth]);
    }

    private static Scope cut(Scope scope) {
        List<Item> items = new ArrayList<>();
        for (Item item : scope.items) {
            items.add(item instanceof ScopeItem inner ? new ScopeItem(cut(inner.scope())) : item);
        }
        while (items.size() > LIMIT) {
            List<Item> parts = new ArrayList<>();
            for (int i = 0; i < items.size(); i += LIMIT) {
                List<Item> part = items.subList(i, Math.min(i + LIMIT, items.size()));
                parts.add(new ScopeItem(new Scope("part" + (parts.size() + 1), scope.path, part)));
            }
            items = parts;
        }
        return new Scope(scope.label, scope.path, items);
    }
}
