package dev.fovea.cli;

import dev.fovea.compiler.compare.Comparison;
import dev.fovea.compiler.compare.EndChange;
import dev.fovea.compiler.compare.WeightFit;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.model.FittingWeights;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Differences of models for people, in the columns of a terminal. */
final class DifferencesText {
    /** Names shown of a list of weights. */
    private static final int SHOWN = 6;

    private final Differences differences;
    private final Comparison models;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private DifferencesText(Differences differences, int width) {
        this.differences = differences;
        this.models = differences.models();
        this.width = width;
    }

    /** The text; each line ends with LF. */
    static String of(Differences differences, int width) {
        return new DifferencesText(differences, width).write();
    }

    private String write() {
        String before = Differences.title(models.from(), models.to());
        String after = Differences.title(models.to(), models.from());
        text.append(before).append(" → ").append(after).append("\n\n");
        for (EndChange end : models.ends()) {
            String sign = end.from().isEmpty() ? "+" : end.to().isEmpty() ? "-" : "~";
            String shapes = end.from().isPresent() && end.to().isPresent()
                    ? end.from().get() + " → " + end.to().get()
                    : end.to().or(end::from).orElseThrow().toString();
            text.append(sign + " " + end.word() + " " + end.name() + "  " + shapes + "\n");
        }
        text.append(models.isSame() ? "no difference\n" : new DifferenceRows(models, width).text())
                .append('\n');
        totals();
        weights(models.weights());
        differences.stored().ifPresent(this::file);
        return text.toString();
    }

    private void totals() {
        ModelMemory before = ModelMemory.of(models.from(), differences.batch());
        ModelMemory after = ModelMemory.of(models.to(), differences.batch());
        Costs from = Costs.of(models.from());
        Costs to = Costs.of(models.to());
        TextTable table = new TextTable("", name(true), name(false), "difference");
        row(
                table,
                "layers",
                models.from().operators().size(),
                models.to().operators().size(),
                Summary::number);
        row(table, "parameters", from.parameters(), to.parameters(), Summary::number);
        row(table, "MACs a sample", from.macs(), to.macs(), Summary::number);
        String batch = ", batch of " + differences.batch();
        row(
                table,
                "memory to train" + batch,
                before.training().total(),
                after.training().total(),
                Bytes::text);
        row(
                table,
                "memory to infer" + batch,
                before.inference().total(),
                after.inference().total(),
                Bytes::text);
        text.append(table.text());
    }

    private Graph model(boolean first) {
        return first ? models.from() : models.to();
    }

    private String name(boolean first) {
        boolean alike = models.from().name().equals(models.to().name());
        return alike ? (first ? "before" : "after") : model(first).name();
    }

    private String spoken(boolean first) {
        boolean alike = models.from().name().equals(models.to().name());
        return alike
                ? "the " + (first ? "first" : "second") + " model"
                : model(first).name();
    }

    private static void row(TextTable table, String heading, long from, long to, LongFunction<String> written) {
        table.row(heading, written.apply(from), written.apply(to), difference(from, to, written));
    }

    private static String difference(long from, long to, LongFunction<String> written) {
        if (from == to) {
            return "none";
        }
        String sign = to > from ? "+" : "−";
        String amount = sign + written.apply(Math.abs(to - from));
        double percent = 100.0 * Math.abs(to - from) / from;
        if (from == 0) {
            return amount;
        }
        return amount + (percent < 0.05 ? " (under 0.1 %)" : String.format(Locale.ROOT, " (%s%.1f %%)", sign, percent));
    }

    private void weights(WeightFit weights) {
        int all = models.to().parameters().size();
        if (all == 0) {
            return;
        }
        text.append("\nweights of " + spoken(true) + " that fit " + spoken(false) + ": "
                + weights.fitting().size() + " of " + all + " tensors\n");
        list(
                "other shape",
                weights.reshaped().stream()
                        .map(one -> one.name() + " " + one.from() + " → " + one.to())
                        .toList());
        list("missing", weights.missing());
        list("left over", weights.left());
    }

    private void file(FittingWeights stored) {
        text.append("\n" + differences.file().orElseThrow() + " gives " + spoken(false) + " "
                + stored.loaded().size() + " of " + models.to().parameters().size() + " tensors\n");
        list("not taken", stored.unfit());
        list("not used", stored.unused());
    }

    private void list(String heading, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        int shown = Math.min(SHOWN, names.size());
        String rest = shown < names.size() ? " and " + Summary.number(names.size() - shown) + " more" : "";
        text.append(DifferenceRows.wrapped(
                "  " + heading + ": " + String.join(", ", names.subList(0, shown)) + rest, 4, width));
    }
}
