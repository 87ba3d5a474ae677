package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was taken for what, for people and as JSON. */
final class ConfusionText {
    /** A matrix of more columns does not fit a terminal: the pairs that are confused most stand in its place. */
    private static final int WIDEST = 20;

    private static final int LONGEST = 40;
    private static final int PAIRS = 10;

    private record Pair(int label, int as, long count) {}

    private ConfusionText() {}

    /** Precision, recall and F1 a class, of many classes the worst; the matrix, of many classes its largest entries. */
    static String of(ConfusionMatrix matrix) {
        StringBuilder text = new StringBuilder(scores(matrix));
        if (matrix.classes() <= WIDEST) {
            text.append("\na row for each class, a column for what it was taken for\n")
                    .append(square(matrix));
        } else if (matrix.hasPairs()) {
            text.append("\nwhat is confused most\n").append(pairs(matrix));
        }
        return text.toString();
    }

    private static String scores(ConfusionMatrix matrix) {
        List<Integer> labels = IntStream.range(0, matrix.classes())
                .filter(matrix::occurs)
                .boxed()
                .toList();
        boolean all = labels.size() <= LONGEST;
        List<Integer> shown = all
                ? labels
                : labels.stream()
                        .sorted(Comparator.comparingDouble(matrix::f1))
                        .limit(LONGEST)
                        .toList();
        TextTable table = new TextTable("class", "samples", "precision", "recall", "f1");
        for (int label : shown) {
            table.row(
                    matrix.names().get(label),
                    Long.toString(matrix.samples(label)),
                    share(matrix.precision(label)),
                    share(matrix.recall(label)),
                    share(matrix.f1(label)));
        }
        long samples = labels.stream().mapToLong(matrix::samples).sum();
        table.row(
                "mean over classes",
                Long.toString(samples),
                share(matrix.macroPrecision()),
                share(matrix.macroRecall()),
                share(matrix.macroF1()));
        return (all ? "" : "the " + LONGEST + " worst of " + labels.size() + " classes\n") + table.text();
    }

    private static String square(ConfusionMatrix matrix) {
        List<String> headings = new ArrayList<>(List.of(""));
        headings.addAll(matrix.names());
        TextTable table = new TextTable(headings.toArray(new String[0]));
        for (int label = 0; label < matrix.classes(); label++) {
            List<String> row = new ArrayList<>(List.of(matrix.names().get(label)));
            for (int as = 0; as < matrix.classes(); as++) {
                row.add(Long.toString(matrix.count(label, as)));
            }
            table.row(row.toArray(new String[0]));
        }
        return table.text();
    }

    private static String pairs(ConfusionMatrix matrix) {
        List<Pair> pairs = new ArrayList<>();
        for (int label = 0; label < matrix.classes(); label++) {
            for (int as = 0; as < matrix.classes(); as++) {
                if (label != as && matrix.count(label, as) > 0) {
                    pairs.add(new Pair(label, as, matrix.count(label, as)));
                }
            }
        }
        pairs.sort(Comparator.comparingLong(Pair::count).reversed());
        TextTable table = new TextTable("class", "taken for", "times");
        for (Pair pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
            table.row(matrix.names().get(pair.label()), matrix.names().get(pair.as()), Long.toString(pair.count()));
        }
        return table.text();
    }

    /** {@code "macro": {..}, "classes": [{"name", "samples", "precision", "recall", "f1"}], "confusion": [[..]]} into an object. */
    static void write(JsonWriter json, ConfusionMatrix matrix) {
        json.name("macro").beginObject();
        json.name("precision").value(matrix.macroPrecision());
        json.name("recall").value(matrix.macroRecall());
        json.name("f1").value(matrix.macroF1()).endObject();
        json.name("classes").beginArray();
        for (int label = 0; label < matrix.classes(); label++) {
            json.beginObject().name("name").value(matrix.names().get(label));
            json.name("samples").value(matrix.samples(label));
            json.name("precision").value(matrix.precision(label));
            json.name("recall").value(matrix.recall(label));
            json.name("f1").value(matrix.f1(label)).endObject();
        }
        json.endArray();
        if (matrix.hasPairs()) {
            json.name("confusion").beginArray();
            for (int label = 0; label < matrix.classes(); label++) {
                json.beginArray();
                for (int as = 0; as < matrix.classes(); as++) {
                    json.value(matrix.count(label, as));
                }
                json.endArray();
            }
            json.endArray();
        }
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
