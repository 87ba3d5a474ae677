package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.data.DataReport;
import dev.fovea.runtime.data.DataReport.Duplicates;
import dev.fovea.runtime.data.DataReport.Fault;
import dev.fovea.runtime.data.DataReport.Part;
import dev.fovea.runtime.data.DataReport.Place;
import dev.fovea.runtime.data.DataReport.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was found in a data set, for people and as JSON. */
final class DataReportText {
    /** Lines of a kind of fault, and rows of classes. */
    static final int MOST_SHOWN = 20;

    private DataReportText() {}

    /** How many samples of which class; of many classes the smallest. */
    static String balance(Part part) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d samples of %d classes; the largest class has %.2f times as many as the smallest%n",
                part.name(),
                part.samples(),
                part.classes().size(),
                part.imbalance()));
        List<Integer> smallest = IntStream.range(0, part.classes().size())
                .boxed()
                .sorted((a, b) -> part.counts().get(a) - part.counts().get(b))
                .limit(MOST_SHOWN)
                .toList();
        boolean all = part.classes().size() <= MOST_SHOWN;
        List<Integer> shown =
                all ? IntStream.range(0, part.classes().size()).boxed().toList() : smallest;
        TextTable table = new TextTable("  class", "samples");
        for (int label : shown) {
            table.row(
                    "  " + part.classes().get(label),
                    Integer.toString(part.counts().get(label)));
        }
        text.append(all ? "" : "  the " + MOST_SHOWN + " smallest classes\n").append(table.text());
        if (!part.empty().isEmpty()) {
            text.append(part.empty().size() == 1 ? "  a class is empty: " : "  classes are empty: ")
                    .append(String.join(", ", part.empty()))
                    .append('\n');
        }
        return text.toString();
    }

    /** {@code normalize(mean=[0.286], std=[0.353])}, to four figures behind the point. */
    static String normalize(Statistics statistics) {
        return "normalize(mean=" + list(statistics.mean()) + ", std=" + list(statistics.deviation()) + ")";
    }

    private static String list(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.4f", number))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code "mean": [..], "deviation": [..], "normalize": ".."} into an object. */
    static void write(JsonWriter json, Statistics statistics) {
        json.name("mean").beginArray();
        statistics.mean().forEach(json::value);
        json.endArray().name("deviation").beginArray();
        statistics.deviation().forEach(json::value);
        json.endArray().name("normalize").value(normalize(statistics));
    }

    static void write(JsonWriter json, DataReport report) {
        json.beginObject().name("parts").beginArray();
        for (Part part : report.parts()) {
            json.beginObject().name("name").value(part.name());
            json.name("samples").value(part.samples());
            json.name("classes").beginArray();
            for (int label = 0; label < part.classes().size(); label++) {
                json.beginObject().name("name").value(part.classes().get(label));
                json.name("samples").value(part.counts().get(label)).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().name("faults").beginArray();
        for (Fault fault : report.faults()) {
            json.beginObject().name("place").value(fault.place());
            json.name("message").value(fault.message()).endObject();
        }
        json.endArray().name("duplicates").beginArray();
        for (Duplicates group : report.duplicates()) {
            json.beginObject().name("across_parts").value(group.isAcrossParts());
            json.name("contradiction").value(group.isContradiction());
            json.name("samples").beginArray();
            for (Place place : group.places()) {
                json.beginObject().name("part").value(place.part());
                json.name("place").value(place.place());
                json.name("label").value(place.label()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
        if (report.statistics().isPresent()) {
            json.name("statistics").beginObject();
            write(json, report.statistics().get());
            json.endObject();
        }
        json.name("ok").value(!report.hasFaults()).endObject();
    }
}
