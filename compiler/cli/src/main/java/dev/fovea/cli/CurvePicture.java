package dev.fovea.cli;

import java.util.Locale;

/** Two curves over the epochs, as SVG: of the training and of the test. */
final class CurvePicture {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 260;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 16;
    private static final int BOTTOM = 34;
    private static final int MOST_TICKS = 10;

    private final StringBuilder svg = new StringBuilder();
    private final int epochs;
    private final double low;
    private final double high;

    private CurvePicture(int epochs, double low, double high) {
        this.epochs = epochs;
        this.low = low;
        this.high = high;
    }

    /**
     * The picture.
     *
     * @param train a value an epoch; NaN for none
     * @param test likewise
     */
    static String of(String name, double[] train, double[] test) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] values : new double[][] {train, test}) {
            for (double value : values) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        double step = step(high - low);
        CurvePicture picture = new CurvePicture(
                train.length, Math.floor(low / step) * step, Math.ceil(high / step) * step + step * 1e-9);
        return picture.draw(name, step, train, test);
    }

    /** 1, 2 or 5 times a power of ten, about a fifth of the range. */
    private static double step(double range) {
        double rough = Math.max(range, 1e-9) / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double factor = rough / power;
        return power * (factor > 5 ? 10 : factor > 2 ? 5 : factor > 1 ? 2 : 1);
    }

    private String draw(String name, double step, double[] train, double[] test) {
        add(
                "<svg class=\"curve\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(name));
        for (double value = low; value <= high; value += step) {
            add(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH - RIGHT, y(value), y(value));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y(value) + 4, label(value, step));
        }
        int every = Math.max(1, (int) Math.ceil(epochs / (double) MOST_TICKS));
        for (int epoch = 1; epoch <= epochs; epoch++) {
            if (epoch == 1 || epoch % every == 0) {
                add(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                        x(epoch - 1), HEIGHT - BOTTOM + 16, epoch);
            }
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">epoch</text>", WIDTH - RIGHT, HEIGHT - 4);
        line("train", train);
        line("test", test);
        return svg.append("</svg>").toString();
    }

    private void line(String kind, double[] values) {
        StringBuilder path = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", open ? " L" : " M", x(i), y(values[i])));
                add(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s, epoch %d: %s</title></circle>",
                        kind, x(i), y(values[i]), epochs > 40 ? "1.5" : "3", kind, i + 1, number(values[i]));
            }
            open = Double.isFinite(values[i]);
        }
        if (path.length() > 0) {
            add("<path class=\"%s\" d=\"%s\"/>", kind, path.substring(1));
        }
    }

    private double x(int epoch) {
        double share = epochs < 2 ? 0.5 : epoch / (epochs - 1.0);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM);
    }

    private static String label(double value, double step) {
        int digits = (int) Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
