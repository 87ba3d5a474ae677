package dev.fovea.cli;

import dev.fovea.compiler.compare.Comparison;
import dev.fovea.compiler.compare.Step;
import dev.fovea.compiler.compare.Step.Kind;
import dev.fovea.compiler.graph.BlockTree;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row for each layer that is not as it was. A block that came or went whole is one row; where there would be more rows than
 * can be taken in, blocks with changed layers are, too.
 */
final class DifferenceRows {
    /** Rows that are taken in at a glance. */
    private static final int PAGE = 60;

    private static final int NARROWEST_NOTE = 28;

    private final Comparison models;
    private final int width;
    private final Map<Integer, Step> before = new HashMap<>();
    private final Map<Integer, Step> after = new HashMap<>();

    /**
     * A line of the list.
     *
     * @param sign what became of it; empty for layers that are the same
     */
    private record Row(String sign, String name, String operator, String output, String note) {}

    DifferenceRows(Comparison models, int width) {
        this.models = models;
        this.width = width;
        for (Step step : models.steps()) {
            step.from().ifPresent(node -> before.put(node.id(), step));
            step.to().ifPresent(node -> after.put(node.id(), step));
        }
    }

    /** The rows in the columns of a terminal; each line ends with LF. */
    String text() {
        List<BlockTree> parts = BlockTree.of(models.to());
        int depth = BlockTree.depth(parts);
        List<Row> rows = rows(depth);
        while (rows.size() > PAGE && depth > 0) {
            rows = rows(--depth);
        }
        return text(rows);
    }

    private List<Row> rows(int depth) {
        Map<OpNode, BlockTree> added = whole(BlockTree.of(models.to()), after, Kind.ADDED);
        Map<OpNode, BlockTree> removed = whole(BlockTree.of(models.from()), before, Kind.REMOVED);
        Map<OpNode, BlockTree> closed = closed(depth);
        Set<String> closedLabels = closed.values().stream()
                .map(part -> ((BlockTree.Block) part).label())
                .collect(Collectors.toSet());
        Set<BlockTree> shown = new HashSet<>();
        List<Row> rows = new ArrayList<>();
        int same = 0;
        for (Step step : models.steps()) {
            BlockTree part = step.kind() == Kind.REMOVED
                    ? removed.get(step.node())
                    : outer(added.get(step.node()), closed.get(step.node()));
            boolean inClosed = step.kind() == Kind.REMOVED && isIn(step.node(), closedLabels);
            if (inClosed || (part != null && !shown.add(part))) {
                continue;
            }
            if (part == null && step.kind() == Kind.SAME) {
                same++;
                continue;
            }
            if (same > 0) {
                rows.add(same(same));
                same = 0;
            }
            rows.add(part == null ? row(step) : row(step.kind(), (BlockTree.Block) part));
        }
        if (same > 0) {
            rows.add(same(same));
        }
        return rows;
    }

    private static @Nullable BlockTree outer(@Nullable BlockTree one, @Nullable BlockTree other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.operators().count() > one.operators().count() ? other : one;
    }

    private static boolean isIn(OpNode node, Set<String> labels) {
        return node.calls().stream().anyMatch(call -> labels.contains(call.label()));
    }

    private static Row same(int count) {
        return new Row("", "… " + (count == 1 ? "a layer" : count + " layers") + " the same", "", "", "");
    }

    /** For the operators of blocks that came or went as a whole, the outermost such block. */
    private static Map<OpNode, BlockTree> whole(List<BlockTree> parts, Map<Integer, Step> steps, Kind kind) {
        Map<OpNode, BlockTree> whole = new HashMap<>();
        for (BlockTree part : parts) {
            if (!(part instanceof BlockTree.Block block)) {
                continue;
            }
            boolean all = block.operators().allMatch(node -> kindOf(node, steps) == kind);
            if (all) {
                block.operators().forEach(node -> whole.put(node, block));
            } else {
                whole.putAll(whole(block.parts(), steps, kind));
            }
        }
        return whole;
    }

    /** For the operators of blocks of the second model that stand closed at a depth and are different, the block. */
    private Map<OpNode, BlockTree> closed(int depth) {
        Map<OpNode, BlockTree> closed = new HashMap<>();
        for (BlockTree part : BlockTree.opened(BlockTree.of(models.to()), depth)) {
            if (part instanceof BlockTree.Block block
                    && block.operators().anyMatch(node -> kindOf(node, after) != Kind.SAME)) {
                block.operators().forEach(node -> closed.put(node, block));
            }
        }
        return closed;
    }

    private static Kind kindOf(OpNode node, Map<Integer, Step> steps) {
        Step step = steps.get(node.id());
        return step == null ? Kind.SAME : step.kind();
    }

    private Row row(Step step) {
        OpNode node = step.node();
        List<String> notes = new ArrayList<>(step.details());
        if (step.from().isEmpty() || step.to().isEmpty()) {
            Graph graph = step.to().isPresent() ? models.to() : models.from();
            notes.addAll(costs(Differences.parameters(graph, node), Differences.macs(graph, node)));
        } else {
            OpNode old = step.from().get();
            change("parameters", Differences.parameters(models.from(), old), Differences.parameters(models.to(), node))
                    .forEach(notes::add);
            change("MACs", Differences.macs(models.from(), old), Differences.macs(models.to(), node))
                    .forEach(notes::add);
        }
        if (step.kind() == Kind.MOVED) {
            notes.add(0, "moved");
        }
        return new Row(
                sign(step.kind()), node.name(), node.op().name(), node.shape().toString(), String.join(", ", notes));
    }

    private Row row(Kind kind, BlockTree.Block block) {
        List<OpNode> nodes = block.operators().toList();
        OpNode last = nodes.get(nodes.size() - 1);
        boolean isGone = kind == Kind.REMOVED;
        Map<Integer, Step> steps = isGone ? before : after;
        long changed =
                nodes.stream().filter(node -> kindOf(node, steps) != Kind.SAME).count();
        boolean whole = nodes.stream().allMatch(node -> kindOf(node, steps) == kind) && (isGone || kind == Kind.ADDED);
        Graph graph = isGone ? models.from() : models.to();
        long parameters = nodes.stream()
                .mapToLong(node -> Differences.parameters(graph, node))
                .sum();
        long macs =
                nodes.stream().mapToLong(node -> Differences.macs(graph, node)).sum();
        List<String> notes = new ArrayList<>();
        if (whole) {
            notes.add(nodes.size() + " layers");
            notes.addAll(costs(parameters, macs));
        } else {
            notes.add(changed + " of " + nodes.size() + " layers different");
            List<OpNode> gone = models.steps().stream()
                    .filter(step -> step.kind() == Kind.REMOVED && isIn(step.node(), Set.of(block.label())))
                    .map(Step::node)
                    .toList();
            if (!gone.isEmpty()) {
                notes.add(gone.size() + " removed");
            }
            List<OpNode> old = Stream.concat(
                            nodes.stream()
                                    .map(node -> steps.get(node.id()))
                                    .flatMap(step -> step == null ? Stream.of() : step.from().stream()),
                            gone.stream())
                    .toList();
            notes.addAll(change(
                    "parameters",
                    old.stream()
                            .mapToLong(node -> Differences.parameters(models.from(), node))
                            .sum(),
                    parameters));
            notes.addAll(change(
                    "MACs",
                    old.stream()
                            .mapToLong(node -> Differences.macs(models.from(), node))
                            .sum(),
                    macs));
        }
        return new Row(
                whole ? sign(kind) : "~",
                block.label(),
                block.block(),
                last.shape().toString(),
                String.join(", ", notes));
    }

    private static String sign(Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case MOVED -> ">";
            case CHANGED -> "~";
            case SAME -> "";
        };
    }

    private static List<String> costs(long parameters, long macs) {
        List<String> costs = new ArrayList<>();
        if (parameters > 0) {
            costs.add(Summary.number(parameters) + " parameters");
        }
        if (macs > 0) {
            costs.add(Summary.number(macs) + " MACs");
        }
        return costs;
    }

    private static List<String> change(String what, long from, long to) {
        return from == to ? List.of() : List.of(what + " " + Summary.number(from) + " → " + Summary.number(to));
    }

    private String text(List<Row> rows) {
        int names = widest(rows.stream().filter(row -> !row.sign().isEmpty()).map(Row::name));
        int operators = widest(rows.stream().map(Row::operator));
        int outputs = widest(rows.stream().map(Row::output));
        int indent = 2 + names + 2 + operators + 2 + outputs + 2;
        boolean beside = indent + NARROWEST_NOTE <= width;
        return rows.stream()
                .map(row -> {
                    String head = pad(row.sign(), 1) + " " + pad(row.name(), names) + "  "
                            + pad(row.operator(), operators) + "  " + pad(row.output(), outputs);
                    if (row.note().isEmpty()) {
                        return head.stripTrailing() + "\n";
                    }
                    return beside
                            ? wrapped(head + "  " + row.note(), indent, width)
                            : head.stripTrailing() + "\n" + wrapped("      " + row.note(), 6, width);
                })
                .collect(Collectors.joining());
    }

    private static int widest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.length()));
    }

    /** A text in lines of a width, those behind the first indented; each ends with LF. */
    static String wrapped(String text, int indent, int width) {
        StringBuilder lines = new StringBuilder();
        String line = text;
        while (line.length() > width) {
            int cut = line.lastIndexOf(' ', width);
            if (cut <= indent) {
                cut = line.indexOf(' ', width);
            }
            if (cut < 0) {
                break;
            }
            lines.append(line, 0, cut).append('\n');
            line = " ".repeat(indent) + line.substring(cut + 1);
        }
        return lines.append(line).append('\n').toString();
    }
}
