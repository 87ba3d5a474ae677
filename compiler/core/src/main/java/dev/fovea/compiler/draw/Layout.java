package dev.fovea.compiler.draw;

import java.util.List;

/**
 * A diagram with a place for everything, in pixels from its upper left corner.
 *
 * @param width of all of it
 * @param height likewise
 * @param boxes with their places
 * @param routes the arrows
 */
record Layout(double width, double height, List<Placed> boxes, List<Route> routes) {

    /** Between a frame and what is in it. */
    static final double PADDING = 16;

    /** Height of the heading of an open block. */
    static final double HEADING = 34;

    /** Height of the label with a shape that hangs below a box, and its distance. */
    static final double LABEL = 16;

    static final double STEM = 7;

    /**
     * A box with its place.
     *
     * @param inner what is in it, placed from the corner of the box
     */
    record Placed(Diagram.Box box, double x, double y, double width, double height, Layout inner) {

        double centre() {
            return x + width / 2;
        }

        /** Where arrows leave: below its label, if it has one. */
        double bottom() {
            return y + height + (box.shape().isEmpty() ? 0 : STEM + LABEL);
        }
    }

    /**
     * The way of an arrow.
     *
     * @param points what it passes through
     * @param curved whether it swings from one point to the next, or turns at corners
     * @param arrow whether it ends with a head
     */
    record Route(List<Point> points, boolean curved, boolean arrow) {
        Route {
            points = List.copyOf(points);
        }
    }

    /** A point. */
    record Point(double x, double y) {}

    static final Layout EMPTY = new Layout(0, 0, List.of(), List.of());

    /** The layout of a whole picture. */
    static Layout of(Diagram diagram) {
        return new LayeredLayout(diagram).inColumns();
    }

    /** A box with the size that what stands in it needs, at the origin. */
    static Placed sized(Diagram.Box box) {
        if (box.isOpen()) {
            Layout inner = new LayeredLayout(box.inner()).inFrame();
            double heading = Math.max(TextWidth.of(box.title(), 13), TextWidth.of(box.remark(), 10)) + 2 * PADDING;
            double width = Math.max(inner.width, heading);
            return new Placed(box, 0, 0, width, inner.height, inner.shifted((width - inner.width) / 2));
        }
        double width = 28;
        for (String line : FlatArrows.lines(box)) {
            width = Math.max(width, TextWidth.of(line, line.equals(box.title()) ? 13 : 11) + 24);
        }
        double height = 16 + 16.0 * FlatArrows.lines(box).size();
        return new Placed(box, 0, 0, Math.max(width, TextWidth.of(box.shape(), 10) + 16), height, EMPTY);
    }

    private Layout shifted(double right) {
        List<Placed> moved = boxes.stream()
                .map(box -> new Placed(box.box, box.x + right, box.y, box.width, box.height, box.inner))
                .toList();
        List<Route> ways = routes.stream()
                .map(route -> new Route(
                        route.points.stream()
                                .map(p -> new Point(p.x + right, p.y))
                                .toList(),
                        route.curved,
                        route.arrow))
                .toList();
        return new Layout(width, height, moved, ways);
    }
}
