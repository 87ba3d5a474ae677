package dev.fovea.cli;

import dev.fovea.compiler.check.ReceptiveFields;
import dev.fovea.compiler.graph.BlockTree;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layers of a model as a table. Where it is too wide, what there is to remark goes below it; then columns are left out,
 * from the one that says least; then names are cut in their middle.
 */
final class SummaryTable {
    private static final int SHORTEST_NAME = 8;

    private final List<Row> rows;
    private final ReceptiveFields fields;

    /** A part of the model with the layers in it. */
    record Row(BlockTree part, List<Summary.Layer> layers) {
        private String name() {
            return part instanceof BlockTree.Block block ? block.label() : last().name();
        }

        private String operator() {
            return part instanceof BlockTree.Block block
                    ? block.block()
                    : last().op().name();
        }

        private OpNode last() {
            return layers.get(layers.size() - 1).node();
        }

        private List<String> remarks() {
            Stream<String> trainOnly =
                    layers.stream().allMatch(layer -> layer.node().trainOnly()) ? Stream.of("train only") : Stream.of();
            return Stream.concat(trainOnly, layers.stream().flatMap(layer -> layer.node().notes().stream()))
                    .distinct()
                    .toList();
        }
    }

    SummaryTable(Graph graph, List<Row> rows) {
        this.rows = rows;
        this.fields = ReceptiveFields.of(graph.nodes());
    }

    /** The table in so many columns, if that can be done. */
    String text(int width) {
        String whole = table(0, true, true, true);
        if (width(whole) <= width) {
            return whole;
        }
        String remarks = remarks(width);
        for (boolean memory : new boolean[] {true, false}) {
            String table = table(0, false, true, memory);
            if (width(table) <= width) {
                return table + remarks;
            }
        }
        String bare = table(0, false, false, false);
        int over = width(bare) - width;
        int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        return (over <= 0 ? bare : table(Math.max(SHORTEST_NAME, names - over), false, false, false)) + remarks;
    }

    private static int width(String table) {
        return table.lines()
                .mapToInt(line -> line.codePointCount(0, line.length()))
                .max()
                .orElse(0);
    }

    private String table(int names, boolean remarks, boolean field, boolean memory) {
        List<String> headings = new ArrayList<>(List.of("layer", "operator", "output", "parameters", "MACs"));
        headings.addAll(field ? List.of("field") : List.of());
        headings.addAll(memory ? List.of("memory") : List.of());
        headings.addAll(remarks ? List.of("") : List.of());
        TextTable table = new TextTable(headings.toArray(new String[0]));
        for (Row row : rows) {
            List<String> cells = new ArrayList<>();
            cells.add(cut(row.name(), names));
            cells.add(row.operator());
            cells.add(row.last().shape().toString());
            boolean bare =
                    row.layers().stream().allMatch(layer -> layer.tensors().isEmpty());
            cells.add(
                    bare
                            ? ""
                            : Summary.number(row.layers().stream()
                                    .mapToLong(Summary.Layer::parameters)
                                    .sum()));
            long macs = row.layers().stream().mapToLong(Summary.Layer::macs).sum();
            cells.add(macs == 0 ? "" : Summary.number(macs));
            cells.addAll(field ? List.of(field(row.last())) : List.of());
            long floats = row.layers().stream()
                    .mapToLong(layer -> layer.node().shape().size())
                    .sum();
            cells.addAll(memory ? List.of(Bytes.text(4 * floats)) : List.of());
            cells.addAll(remarks ? List.of(String.join("; ", row.remarks())) : List.of());
            table.row(cells.toArray(new String[0]));
        }
        return table.text();
    }

    private String field(OpNode node) {
        return fields.rows(node.id()) + "×" + fields.columns(node.id());
    }

    /** What there is to remark, each on lines of its own. */
    private String remarks(int width) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (!row.remarks().isEmpty()) {
                text.append(wrapped(row.name() + ": " + String.join("; ", row.remarks()), width));
            }
        }
        return text.isEmpty() ? "" : "\n" + text;
    }

    private static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > width) {
                lines.append("\n  ");
                column = 2;
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.append('\n').toString();
    }

    private static String cut(String name, int length) {
        if (length == 0 || name.length() <= length) {
            return name;
        }
        int head = (length - 1) / 2;
        return name.substring(0, head) + "…" + name.substring(name.length() - (length - 1 - head));
    }
}
