package dev.fovea.cli;

import dev.fovea.runtime.train.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The parts of a report that need no model: the page's frame, curves, figures, what is confused. */
final class ReportPage {
    private static final int WIDEST = 30;

    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; color: #1d2430; background: #fff; max-width: 1120px; margin: 2em auto; padding: 0 1.2em }
            h1 { font-size: 1.7em; margin-bottom: .1em } h2 { font-size: 1.2em; border-bottom: 1px solid #d7dce5; padding-bottom: .2em; margin-top: 1.8em }
            .lead { color: #566072; margin-top: 0 } .curves, .pictures { display: flex; flex-wrap: wrap; gap: 1em }
            figure { margin: 0 } figcaption { font-size: .85em; color: #566072 } .pictures img, .maps img { image-rendering: pixelated; border: 1px solid #d7dce5 }
            .curve text { font: 11px system-ui, sans-serif; fill: #566072 } .curve .grid { stroke: #e6e9ef }
            .curve path { fill: none; stroke-width: 2 } .curve path.train { stroke: #2a6fdb } .curve path.test { stroke: #d9622b }
            .curve circle.train { fill: #2a6fdb } .curve circle.test { fill: #d9622b } .train-key { color: #2a6fdb } .test-key { color: #d9622b }
            table { border-collapse: collapse } td, th { padding: .15em .55em; text-align: right; font-variant-numeric: tabular-nums }
            th { font-weight: 600; color: #566072 } td:first-child, th:first-child { text-align: left } .maps td { text-align: left; vertical-align: top }
            .confusion td { min-width: 2.2em } .scroll { overflow-x: auto } pre { background: #f5f7fa; padding: .8em 1em; overflow-x: auto; font-size: .9em }
            """;

    private ReportPage() {}

    static String whole(String title, String lead, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + Html.escape(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + Html.escape(title)
                + "</h1>\n<p class=\"lead\">" + Html.escape(lead) + "</p>\n" + body + "</body>\n</html>\n";
    }

    /** A picture a figure, and the last row in numbers. */
    static String curves(RunTable table) {
        StringBuilder page = new StringBuilder(
                "<p><b class=\"train-key\">●</b> training &nbsp; <b class=\"test-key\">●</b> test</p>\n<div class=\"curves\">\n");
        for (String figure : table.figures()) {
            page.append("<figure>")
                    .append(CurvePicture.of(figure, table.numbers("train_" + figure), table.numbers("test_" + figure)))
                    .append("<figcaption>")
                    .append(Html.escape(figure))
                    .append("</figcaption></figure>\n");
        }
        return page.append("</div>").toString();
    }

    /** The last epochs in numbers. */
    static String figures(RunTable table) {
        StringBuilder page = new StringBuilder("<div class=\"scroll\"><table><tr><th>epoch</th>");
        boolean phases = IntStream.range(0, table.rows().size())
                .anyMatch(row -> !table.cell(row, "phase").isEmpty());
        page.append(phases ? "<th>phase</th>" : "").append("<th>rate</th>");
        for (String figure : table.figures()) {
            page.append("<th>").append(Html.escape(figure)).append("</th><th>test</th>");
        }
        page.append("<th>images/s</th></tr>\n");
        int rows = table.rows().size();
        for (int row = Math.max(0, rows - 10); row < rows; row++) {
            page.append("<tr>");
            cell(page, table.cell(row, "epoch"));
            if (phases) {
                cell(page, table.cell(row, "phase"));
            }
            number(page, table.numbers("learning_rate")[row], "%.3g");
            for (String figure : table.figures()) {
                number(page, table.numbers("train_" + figure)[row], "%.4f");
                number(page, table.numbers("test_" + figure)[row], "%.4f");
            }
            number(page, table.numbers("samples_per_second")[row], "%.0f");
            page.append("</tr>\n");
        }
        return page.append("</table></div>").toString();
    }

    private static void number(StringBuilder page, double value, String format) {
        cell(page, Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "");
    }

    private static void cell(StringBuilder page, String text) {
        page.append("<td>").append(Html.escape(text)).append("</td>");
    }

    /** The matrix, the darker the larger a share of its row; of many classes the table that the command line prints. */
    static String confusion(ConfusionMatrix matrix, List<String> names) {
        if (matrix.classes() > WIDEST) {
            return "<pre>" + Html.escape(ConfusionText.of(matrix)) + "</pre>";
        }
        StringBuilder page = new StringBuilder("<p>A row for each class, a column for what it was taken for.</p>\n");
        page.append("<div class=\"scroll\"><table class=\"confusion\"><tr><th></th>");
        for (int as = 0; as < matrix.classes(); as++) {
            page.append("<th>").append(Html.escape(name(names, matrix, as))).append("</th>");
        }
        page.append("<th>precision</th><th>recall</th><th>F1</th></tr>\n");
        for (int label = 0; label < matrix.classes(); label++) {
            page.append("<tr><th>")
                    .append(Html.escape(name(names, matrix, label)))
                    .append("</th>");
            for (int as = 0; as < matrix.classes(); as++) {
                double share = (double) matrix.count(label, as) / Math.max(1, matrix.samples(label));
                page.append(String.format(
                        Locale.ROOT,
                        "<td style=\"background:rgba(%s,%.3f);color:%s\">%d</td>",
                        label == as ? "42,111,219" : "217,98,43",
                        share,
                        share > 0.6 ? "#fff" : "inherit",
                        matrix.count(label, as)));
            }
            number(page, matrix.precision(label), "%.4f");
            number(page, matrix.recall(label), "%.4f");
            number(page, matrix.f1(label), "%.4f");
            page.append("</tr>\n");
        }
        return page.append(String.format(
                        Locale.ROOT,
                        "</table></div>%n<p>Means over the classes: precision %.4f, recall %.4f, F1 %.4f.</p>",
                        matrix.macroPrecision(),
                        matrix.macroRecall(),
                        matrix.macroF1()))
                .toString();
    }

    private static String name(List<String> names, ConfusionMatrix matrix, int label) {
        return names.size() == matrix.classes()
                ? names.get(label)
                : matrix.names().get(label);
    }
}
