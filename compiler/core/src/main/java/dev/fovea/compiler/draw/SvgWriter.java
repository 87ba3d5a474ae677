package dev.fovea.compiler.draw;

import dev.fovea.compiler.draw.Layout.Placed;
import dev.fovea.compiler.draw.Layout.Point;
import dev.fovea.compiler.draw.Layout.Route;
import java.util.List;
import java.util.Locale;

/** SVG of a layout: no scripts, no fonts, nothing from elsewhere. */
final class SvgWriter {

    private static final double CORNER = 10;

    private final StringBuilder text = new StringBuilder();

    private SvgWriter() {}

    static String write(String name, Layout layout) {
        SvgWriter writer = new SvgWriter();
        writer.line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\""
                        + " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">",
                number(layout.width()), number(layout.height()), number(layout.width()), number(layout.height()));
        writer.line("<title>%s</title>", escaped(name));
        writer.line(
                "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " orient=\"auto\"><path d=\"M0 0.8 L7.5 4 L0 7.2 Z\" fill=\"#64748b\"/></marker></defs>");
        writer.line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        writer.layout(layout, 0, 0);
        writer.line("</svg>");
        return writer.text.toString();
    }

    private void layout(Layout layout, double x, double y) {
        for (Route route : layout.routes()) {
            line(
                    "<path d=\"%s\" fill=\"none\" stroke=\"#94a3b8\" stroke-width=\"1.4\"%s/>",
                    route.curved() ? curve(route.points(), x, y) : corners(route.points(), x, y),
                    route.arrow() ? " marker-end=\"url(#head)\"" : "");
        }
        layout.boxes().forEach(box -> box(box, x, y));
    }

    private void box(Placed placed, double left, double top) {
        double x = left + placed.x();
        double y = top + placed.y();
        Diagram.Box box = placed.box();
        boolean open = box.isOpen();
        boolean port = box.family() == Family.INPUT || box.family() == Family.OUTPUT;
        line(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"%s/>",
                number(x),
                number(y),
                number(placed.width()),
                number(placed.height()),
                number(port ? placed.height() / 2 : open ? 12 : 7),
                open ? "#faf9ff" : box.family().fill(),
                open ? "#c4b5fd" : box.family().stroke(),
                box.family() == Family.BLOCK && !open ? "2" : "1.2",
                box.dashed() ? " stroke-dasharray=\"5 3\"" : "");
        if (open) {
            text(x + 12, y + 16, 13, "start", "font-weight=\"600\" fill=\"#5b21b6\"", box.title());
            text(x + 12, y + 28, 10, "start", "fill=\"#7c6f9f\"", box.remark());
            layout(placed.inner(), x, y);
        } else {
            inside(box, left + placed.centre(), y);
        }
        label(placed, left + placed.centre(), y + placed.height());
    }

    private void inside(Diagram.Box box, double centre, double y) {
        double at = y + 20;
        for (String part : FlatArrows.lines(box)) {
            boolean title = part.equals(box.title()) && at == y + 20;
            boolean remark = part.equals(box.remark()) && !title;
            String style =
                    title ? "font-weight=\"600\" fill=\"#0f172a\"" : remark ? "fill=\"#64748b\"" : "fill=\"#334155\"";
            text(centre, at, title ? 13 : remark ? 10 : 11, "middle", style, part);
            at += 16;
        }
    }

    /** The shape of what a box gives, below it on a stem. */
    private void label(Placed placed, double centre, double bottom) {
        String shape = placed.box().shape();
        if (shape.isEmpty()) {
            return;
        }
        double width = TextWidth.of(shape, 10) + 10;
        line(
                "<path d=\"M%s %s V%s\" stroke=\"#94a3b8\" stroke-width=\"1.4\"/>",
                number(centre), number(bottom), number(bottom + Layout.STEM));
        line(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\" fill=\"#f8fafc\" stroke=\"#cbd5e1\"/>",
                number(centre - width / 2), number(bottom + Layout.STEM), number(width), number(Layout.LABEL));
        text(centre, bottom + Layout.STEM + 11.5, 10, "middle", "fill=\"#475569\"", shape);
    }

    private void text(double x, double y, int size, String anchor, String style, String content) {
        line(
                "<text x=\"%s\" y=\"%s\" font-size=\"%d\" text-anchor=\"%s\" %s>%s</text>",
                number(x), number(y), size, anchor, style, escaped(content));
    }

    /** Straight down where it keeps its column, else in a swing. */
    private static String curve(List<Point> points, double left, double top) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            double x = left + points.get(i).x();
            double y = top + points.get(i).y();
            if (i == 0) {
                path.append("M").append(number(x)).append(' ').append(number(y));
            } else {
                double beforeX = left + points.get(i - 1).x();
                double middle = (y + top + points.get(i - 1).y()) / 2;
                if (Math.abs(beforeX - x) < 0.05) {
                    path.append(" V").append(number(y));
                } else {
                    path.append(String.format(
                            Locale.ROOT,
                            " C%s %s %s %s %s %s",
                            number(beforeX),
                            number(middle),
                            number(x),
                            number(middle),
                            number(x),
                            number(y)));
                }
            }
        }
        return path.toString();
    }

    /** Straight lines with rounded corners. */
    private static String corners(List<Point> points, double left, double top) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            Point at = points.get(i);
            String here = number(left + at.x()) + " " + number(top + at.y());
            if (i == 0 || i == points.size() - 1) {
                path.append(i == 0 ? "M" : " L").append(here);
            } else {
                Point in = towards(at, points.get(i - 1));
                Point out = towards(at, points.get(i + 1));
                path.append(" L" + number(left + in.x()) + " " + number(top + in.y()) + " Q" + here + " "
                        + number(left + out.x()) + " " + number(top + out.y()));
            }
        }
        return path.toString();
    }

    private static Point towards(Point from, Point to) {
        double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
        double part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return new Point(from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
