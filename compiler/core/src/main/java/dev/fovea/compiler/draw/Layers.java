package dev.fovea.compiler.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The boxes of a diagram in rows, each below all that it depends on, with a bend for every row that an arrow passes through.
 * The first and the last row may hold the border's own points.
 */
final class Layers {

    /** Room for an arrow that passes between boxes. */
    private static final double LANE = 26;

    private static final double GAP = 24;
    private static final int SWEEPS = 12;

    private final List<List<Node>> rows = new ArrayList<>();
    private final List<List<Node>> chains = new ArrayList<>();

    /** A box, a bend of an arrow, or a point of the border; {@code place} is that of the box, or −1. */
    static final class Node {
        final int place;
        final double width;
        final List<Node> above = new ArrayList<>();
        final List<Node> below = new ArrayList<>();
        int row;
        double order;
        double centre;

        Node(int place, double width) {
            this.place = place;
            this.width = width;
        }
    }

    private Layers() {}

    /** Rows for boxes of known widths. */
    static Layers of(Diagram diagram, List<Layout.Placed> boxes) {
        Layers layers = new Layers();
        layers.build(diagram, boxes);
        layers.order();
        layers.centre();
        return layers;
    }

    List<List<Node>> rows() {
        return rows;
    }

    /** For each arrow of the diagram, what it passes through from end to end. */
    List<List<Node>> chains() {
        return chains;
    }

    private void build(Diagram diagram, List<Layout.Placed> boxes) {
        boolean enters = diagram.arrows().stream().anyMatch(arrow -> arrow.from() == Diagram.BORDER);
        boolean leaves = diagram.arrows().stream().anyMatch(arrow -> arrow.to() == Diagram.BORDER);
        Node top = new Node(Diagram.BORDER, 0);
        Node bottom = new Node(Diagram.BORDER, 0);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            Node node = new Node(i, boxes.get(i).width());
            node.row = enters ? 1 : 0;
            nodes.add(node);
        }
        // Boxes are in an order in which each stands behind what it reads.
        for (int i = 0; i < boxes.size(); i++) {
            for (Diagram.Arrow arrow : diagram.arrows()) {
                if (arrow.to() == i && arrow.from() != Diagram.BORDER) {
                    nodes.get(i).row = Math.max(nodes.get(i).row, nodes.get(arrow.from()).row + 1);
                }
            }
        }
        int last = nodes.stream().mapToInt(node -> node.row).max().orElse(0);
        bottom.row = last + 1;
        for (int row = 0; row <= last + (leaves ? 1 : 0); row++) {
            rows.add(new ArrayList<>());
        }
        if (enters) {
            rows.get(0).add(top);
        }
        nodes.forEach(node -> rows.get(node.row).add(node));
        if (leaves) {
            rows.get(bottom.row).add(bottom);
        }
        for (Diagram.Arrow arrow : diagram.arrows()) {
            Node from = arrow.from() == Diagram.BORDER ? top : nodes.get(arrow.from());
            Node to = arrow.to() == Diagram.BORDER ? bottom : nodes.get(arrow.to());
            chains.add(chain(from, to));
        }
    }

    private List<Node> chain(Node from, Node to) {
        List<Node> chain = new ArrayList<>(List.of(from));
        for (int row = from.row + 1; row < to.row; row++) {
            Node bend = new Node(Diagram.BORDER, LANE);
            bend.row = row;
            rows.get(row).add(bend);
            chain.add(bend);
        }
        chain.add(to);
        for (int i = 0; i + 1 < chain.size(); i++) {
            chain.get(i).below.add(chain.get(i + 1));
            chain.get(i + 1).above.add(chain.get(i));
        }
        return chain;
    }

    /** Fewer crossings: each row in the order of the mean place of its neighbours, down and up again. */
    private void order() {
        rows.forEach(Layers::number);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                List<Node> row = rows.get(down ? i : rows.size() - 1 - i);
                for (Node node : row) {
                    List<Node> beside = down ? node.above : node.below;
                    node.order = beside.stream()
                            .mapToDouble(other -> other.order)
                            .average()
                            .orElse(node.order);
                }
                row.sort(Comparator.comparingDouble((Node node) -> node.order));
                number(row);
            }
        }
    }

    private static void number(List<Node> row) {
        for (int i = 0; i < row.size(); i++) {
            row.get(i).order = (i + 0.5) / row.size();
        }
    }

    /** Near to the neighbours without meeting one another: least squares, by pooling adjacent violators. */
    private void centre() {
        for (List<Node> row : rows) {
            place(row, new double[row.size()]);
        }
        for (int sweep = 0; sweep < 4 * SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                List<Node> row = rows.get(down ? i : rows.size() - 1 - i);
                double[] wanted = new double[row.size()];
                for (int n = 0; n < row.size(); n++) {
                    wanted[n] = wanted(row.get(n), down);
                }
                place(row, wanted);
            }
        }
    }

    private static double wanted(Node node, boolean down) {
        List<Node> beside = down ? node.above : node.below;
        double nearer =
                beside.stream().mapToDouble(other -> other.centre).average().orElse(node.centre);
        List<Node> other = down ? node.below : node.above;
        double farther = other.stream().mapToDouble(one -> one.centre).average().orElse(nearer);
        return 0.7 * nearer + 0.3 * farther;
    }

    private static void place(List<Node> row, double[] wanted) {
        int count = row.size();
        double[] offset = new double[count];
        for (int i = 1; i < count; i++) {
            offset[i] = offset[i - 1] + (row.get(i - 1).width + row.get(i).width) / 2 + GAP;
        }
        double[] sums = new double[count];
        int[] sizes = new int[count];
        int pools = 0;
        for (int i = 0; i < count; i++) {
            sums[pools] = wanted[i] - offset[i];
            sizes[pools++] = 1;
            while (pools > 1 && sums[pools - 2] / sizes[pools - 2] > sums[pools - 1] / sizes[pools - 1]) {
                sums[pools - 2] += sums[pools - 1];
                sizes[pools - 2] += sizes[pools - 1];
                pools--;
            }
        }
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < sizes[pool]; i++, at++) {
                row.get(at).centre = sums[pool] / sizes[pool] + offset[at];
            }
        }
        assert Arrays.stream(sizes, 0, pools).sum() == count;
    }
}
