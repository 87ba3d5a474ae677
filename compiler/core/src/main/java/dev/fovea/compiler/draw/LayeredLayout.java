package dev.fovea.compiler.draw;

import dev.fovea.compiler.draw.Layout.Placed;
import dev.fovea.compiler.draw.Layout.Point;
import dev.fovea.compiler.draw.Layout.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives the rows of a diagram their heights, and a picture that would be a long strip its columns. */
final class LayeredLayout {

    private static final double BETWEEN = 30;
    private static final double GUTTER = 56;

    /** Width over height of a picture that sits well on a page. */
    private static final double ASPECT = 1.3;

    private static final int MOST_COLUMNS = 8;

    private final Diagram diagram;
    private final List<Placed> sizes;
    private final Layers layers;
    private final double[] heights;
    private final Map<Integer, Placed> placed = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    /** For each row its column, and the corner of what is drawn of it. */
    private final int[] column;

    private final double[] tops;
    private double[] lefts = {0};
    private double[] widths = {0};

    LayeredLayout(Diagram diagram) {
        this.diagram = diagram;
        this.sizes = diagram.boxes().stream().map(Layout::sized).toList();
        this.layers = Layers.of(diagram, sizes);
        int rows = layers.rows().size();
        this.heights = new double[rows];
        this.column = new int[rows];
        this.tops = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (Layers.Node node : layers.rows().get(row)) {
                if (node.place >= 0) {
                    heights[row] = Math.max(heights[row], sizes.get(node.place).bottom());
                }
            }
        }
    }

    /** Within the frame of a block, whose heading is above and whose border arrows come from and go to. */
    Layout inFrame() {
        stack(Layout.HEADING, 1);
        double bottom = tops[tops.length - 1] + heights[heights.length - 1] + Layout.PADDING;
        boolean leaves = diagram.arrows().stream().anyMatch(arrow -> arrow.to() == Diagram.BORDER);
        return finish(leaves ? bottom - Layout.PADDING : bottom);
    }

    /** In as many columns as make it a page. */
    Layout inColumns() {
        int best = 1;
        double distance = Double.MAX_VALUE;
        for (int columns = 1; columns <= MOST_COLUMNS; columns++) {
            double height = stack(Layout.PADDING, columns);
            double width = lefts[lefts.length - 1] + widths[widths.length - 1];
            double off = Math.abs(Math.log(width / height / ASPECT));
            if (off < distance - 1e-9) {
                distance = off;
                best = columns;
            }
        }
        double height = stack(Layout.PADDING, best);
        return finish(height + Layout.PADDING);
    }

    /** Gives rows their columns and tops; returns the bottom of the lowest. */
    private double stack(double top, int columns) {
        double all = 0;
        for (double height : heights) {
            all += height + BETWEEN;
        }
        int last = 0;
        double y = top;
        double bottom = top;
        for (int row = 0; row < heights.length; row++) {
            boolean full = last + 1 < columns && y - top >= all / columns;
            if (row > 0 && full && mayBreak(row)) {
                last++;
                y = top;
            }
            column[row] = last;
            tops[row] = y;
            bottom = Math.max(bottom, y + heights[row]);
            y += heights[row] + BETWEEN;
        }
        spread(last + 1);
        return last == 0 ? bottom : bottom + BETWEEN / 2;
    }

    /** Whether one arrow alone leads from the rows above to a row. */
    private boolean mayBreak(int row) {
        List<Layers.Node> above = layers.rows().get(row - 1);
        List<Layers.Node> here = layers.rows().get(row);
        return above.size() == 1
                && here.size() == 1
                && above.get(0).place >= 0
                && here.get(0).place >= 0
                && here.get(0).above.size() == 1;
    }

    private void spread(int columns) {
        double[] least = new double[columns];
        double[] most = new double[columns];
        Arrays.fill(least, Double.MAX_VALUE);
        Arrays.fill(most, -Double.MAX_VALUE);
        for (int row = 0; row < heights.length; row++) {
            for (Layers.Node node : layers.rows().get(row)) {
                least[column[row]] = Math.min(least[column[row]], node.centre - node.width / 2);
                most[column[row]] = Math.max(most[column[row]], node.centre + node.width / 2);
            }
        }
        lefts = new double[columns];
        widths = new double[columns];
        double x = Layout.PADDING;
        for (int i = 0; i < columns; i++) {
            lefts[i] = x - least[i];
            widths[i] = most[i];
            x += most[i] - least[i] + GUTTER;
        }
    }

    private Layout finish(double height) {
        for (List<Layers.Node> row : layers.rows()) {
            for (Layers.Node node : row) {
                if (node.place >= 0) {
                    Placed size = sizes.get(node.place);
                    double x = x(node) - size.width() / 2;
                    placed.put(
                            node.place,
                            new Placed(size.box(), x, tops[node.row], size.width(), size.height(), size.inner()));
                }
            }
        }
        layers.chains().forEach(chain -> route(chain, height));
        double right = lefts[lefts.length - 1] + widths[widths.length - 1] + Layout.PADDING;
        List<Placed> boxes = new ArrayList<>();
        for (int place = 0; place < sizes.size(); place++) {
            boxes.add(Objects.requireNonNull(placed.get(place)));
        }
        return new Layout(right, height, boxes, routes);
    }

    private double x(Layers.Node node) {
        return lefts[column[node.row]] + node.centre;
    }

    private void route(List<Layers.Node> chain, double height) {
        Layers.Node first = chain.get(0);
        Layers.Node last = chain.get(chain.size() - 1);
        if (column[first.row] != column[last.row]) {
            wrap(first, last);
            return;
        }
        List<Point> points = new ArrayList<>();
        for (Layers.Node node : chain) {
            double x = x(node);
            double top = tops[node.row];
            double bottom = top + heights[node.row];
            if (node == first) {
                Placed box = placed.get(node.place);
                points.add(new Point(x, box == null ? top - 4 : box.bottom()));
                points.add(new Point(x, bottom));
            } else if (node == last) {
                points.add(new Point(x, node.place < 0 ? height : top));
            } else {
                points.add(new Point(x, top));
                points.add(new Point(x, bottom));
            }
        }
        routes.add(new Route(points, true, true));
    }

    /** From the foot of a column through the gutter to the head of the next. */
    private void wrap(Layers.Node first, Layers.Node last) {
        Placed from = Objects.requireNonNull(placed.get(first.place));
        double foot = from.bottom() + BETWEEN / 2;
        double head = Layout.PADDING / 2;
        double gutter = lefts[column[first.row]] + widths[column[first.row]] + GUTTER / 2;
        routes.add(new Route(
                List.of(
                        new Point(x(first), from.bottom()),
                        new Point(x(first), foot),
                        new Point(gutter, foot),
                        new Point(gutter, head),
                        new Point(x(last), head),
                        new Point(x(last), tops[last.row])),
                false,
                true));
    }
}
